// The moment the page shows: live, or held at an earlier publication.

import { useState } from 'preact/hooks';
import { getJson, withQuery } from '../api/client';
import type { Trend } from '../api/types';
import { formatMoment, formatTime } from '../format/dates';
import { Dialog, TextField } from '../parts/Controls';
import { Icon } from '../parts/Icon';
import { problemWords } from '../parts/States';
import { Problem } from '../api/client';
import { useStore, useT, useUrl } from '../store/hooks';
import { useFigures } from '../store/queries';

/** The moment shown: of the held publication, or of the last change of this area; 0 before it is known. */
export function useAsOf(): { ms: number; held: boolean; loading: boolean } {
  const { region, heldAt } = useUrl();
  const { data, loading } = useFigures(region);
  const ms = heldAt ? Number(data?.asOfMs ?? 0) : Number(data?.indicators.cutAtMs ?? 0);
  return { ms, held: heldAt !== '', loading };
}

export function AsOfControl() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const asOf = useAsOf();
  const none = t(asOf.loading ? 'asOf.loading' : 'asOf.none');
  const text = asOf.ms === 0 ? none : asOf.held ? formatMoment(asOf.ms) : formatTime(asOf.ms, true);
  return (
    <>
      <button
        type="button"
        class={`asof ${asOf.held ? 'asof--held' : ''}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Icon name={asOf.held ? 'lock' : 'clock'} size={16} />
        <span class="asof__label">{asOf.held ? t('asOf.held') : t('asOf.lastChange')}</span>
        <span class="asof__time">{text}</span>
      </button>
      <Dialog title={t('asOf.title')} open={open} onClose={() => setOpen(false)}>
        <AsOfChoice onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function localInput(ms: number): string {
  const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}

function AsOfChoice({ onDone }: { onDone: () => void }) {
  const store = useStore();
  const t = useT();
  const { region, population } = useUrl();
  const asOf = useAsOf();
  const [moment, setMoment] = useState(localInput(asOf.ms || store.nowMs.peek()));
  const [error, setError] = useState('');

  const holdAt = async (toMs: number) => {
    setError('');
    try {
      const path = withQuery(`/v1/trends/${region}/families`, { population, toMs, maxPoints: 200 });
      const { points } = await getJson<Trend>(path);
      const last = points.filter((point) => Number(point.atMs) <= toMs).at(-1);
      if (!last) return setError(t('asOf.nothingThen'));
      store.go({ heldAt: last.publication });
      onDone();
    } catch (cause) {
      setError(cause instanceof Problem ? problemWords(cause, t) : String(cause));
    }
  };
  const live = () => {
    store.go({ heldAt: '' });
    onDone();
  };
  const now = store.nowMs.peek();
  return (
    <div class="stack">
      <p>{t('asOf.explain')}</p>
      <div class="row">
        <button type="button" class="button button--primary" onClick={live} disabled={!asOf.held}>
          {t('asOf.goLive')}
        </button>
        <button type="button" class="button" onClick={() => void holdAt(now)}>
          {t('asOf.holdNow')}
        </button>
        <button type="button" class="button" onClick={() => void holdAt(now - 3_600_000)}>
          {t('asOf.hourAgo')}
        </button>
        <button type="button" class="button" onClick={() => void holdAt(now - 86_400_000)}>
          {t('asOf.dayAgo')}
        </button>
      </div>
      <form
        class="row row--end"
        onSubmit={(event) => {
          event.preventDefault();
          void holdAt(new Date(moment).getTime());
        }}
      >
        <TextField
          type="datetime-local"
          label={t('asOf.moment')}
          value={moment}
          onInput={setMoment}
          error={error}
          required
        />
        <button type="submit" class="button">
          {t('asOf.holdThen')}
        </button>
      </form>
    </div>
  );
}

/** Nobody mistakes the past for the present. */
export function HeldBand() {
  const store = useStore();
  const t = useT();
  const asOf = useAsOf();
  if (!asOf.held) return null;
  return (
    <div class="heldband" role="status">
      <Icon name="lock" size={18} />
      <p>{t('asOf.band', { time: asOf.ms ? formatMoment(asOf.ms, true) : '…' })}</p>
      <button type="button" class="button" onClick={() => store.go({ heldAt: '' })}>
        {t('asOf.goLive')}
      </button>
    </div>
  );
}
