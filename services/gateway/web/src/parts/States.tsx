// Designed states: loading in the final shape, nothing there yet, and what failed.

import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/client';
import { formatTime } from '../format/dates';
import type { ResourceState } from '../store/resources';
import { MESSAGES, wordFor } from '../messages';
import { useStore, useT } from '../store/hooks';
import { Go } from './Controls';

export function Skeleton({
  lines = 3,
  height,
  fills,
}: {
  lines?: number;
  height?: number;
  /** Takes all of its place. */
  fills?: boolean;
}) {
  const t = useT();
  return (
    <div
      class="skeleton"
      role="status"
      aria-label={t('state.loading')}
      style={height ? { height } : fills ? { height: '100%' } : undefined}
    >
      {height || fills ? (
        <span class="skeleton__block" />
      ) : (
        Array.from({ length: lines }, (_, line) => <span key={line} class="skeleton__line" />)
      )}
    </div>
  );
}

/** `page` makes its title the heading of a page that has nothing else. */
export function EmptyState({
  title,
  children,
  page,
}: {
  title: string;
  children?: ComponentChildren;
  page?: boolean;
}) {
  const Title = page ? 'h1' : 'p';
  return (
    <div class="empty">
      <Title class="empty__title">{title}</Title>
      {children && <div class="empty__body">{children}</div>}
    </div>
  );
}

export function problemWords(problem: Problem, t: ReturnType<typeof useT>): string {
  if (problem.code === 'UNREACHABLE') return t('problem.unreachable');
  if (problem.status === 401 || problem.status === 403) return t('problem.permission');
  return `refused.${problem.code}` in MESSAGES.id ? wordFor(t, 'refused', problem.code) : problem.message;
}

export function ProblemState({ problem }: { problem: Problem }) {
  const t = useT();
  const store = useStore();
  return (
    <div class="problem" role="alert">
      <p class="problem__title">{t('problem.title')}</p>
      <p>{problemWords(problem, t)}</p>
      <button type="button" class="button" onClick={() => store.resources.refresh()}>
        {t('problem.retry')}
      </button>
    </div>
  );
}

/** A part of the page itself that did not arrive, because of the connection or of a newer version. */
export function PartFailed({ onRetry, page }: { onRetry: () => void; page: boolean }) {
  const t = useT();
  const Title = page ? 'h1' : 'p';
  return (
    <div class="problem" role="alert">
      <Title class="problem__title">{t('problem.title')}</Title>
      <p>{t('problem.part')}</p>
      <div class="row">
        <button type="button" class="button" onClick={onRetry}>
          {t('problem.retry')}
        </button>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t('problem.reload')}
        </button>
      </div>
    </div>
  );
}

/** Shows a resource: its data, marked when stale, else the state it is in. */
export function Loaded<T>(props: {
  of: ResourceState<T>;
  skeleton?: ComponentChildren;
  /** What to show instead of an error for a thing that is not there (yet). */
  missing?: ComponentChildren;
  children: (data: T) => ComponentChildren;
}) {
  const t = useT();
  const { data, problem, receivedAtMs } = props.of;
  if (data === undefined) {
    if (props.missing && problem && (problem.status === 404 || problem.code === 'NO_PROPOSAL_YET'))
      return <>{props.missing}</>;
    if (problem) return <ProblemState problem={problem} />;
    return <>{props.skeleton ?? <Skeleton />}</>;
  }
  return (
    <>
      {problem && (
        <p class="stale" role="status">
          {t('state.stale', { time: formatTime(receivedAtMs, true), why: problemWords(problem, t) })}
        </p>
      )}
      {props.children(data)}
    </>
  );
}

/** The first start: nothing has been loaded, and this is how to load it. */
export function FirstStart() {
  const t = useT();
  return (
    <div class="panel first">
      <EmptyState title={t('first.title')} page>
        <p>{t('first.body')}</p>
        <p>
          <code class="command">
            sepakat ingest {t('first.file')} --codebook {t('first.codebook')}
          </code>
        </p>
        <p>{t('first.hint')}</p>
        <Go to={{ section: 'data' }} class="button button--primary">
          {t('first.toData')}
        </Go>
      </EmptyState>
    </div>
  );
}
