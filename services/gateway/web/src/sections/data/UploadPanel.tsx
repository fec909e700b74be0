// A survey file with its code book, sent as it is; the answer says what became of every record.

import { useRef, useState } from 'preact/hooks';
import { newIdempotencyKey, postFile, Problem, withQuery } from '../../api/client';
import type { IngestResult } from '../../api/types';
import { formatCount, formatNumber, toCount } from '../../format/numbers';
import { wordFor } from '../../messages';
import { Go, Select, TextField } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { problemWords } from '../../parts/States';
import { useLanguage, useStore, useT } from '../../store/hooks';
import { useCodebooks } from '../../store/queries';
import { useActor } from '../useActor';

type Phase = { name: 'ready' } | { name: 'sending'; share: number } | { name: 'done'; result: IngestResult };

export function UploadPanel() {
  const t = useT();
  const language = useLanguage();
  const store = useStore();
  const codebooks = useCodebooks().data?.codebooks ?? [];
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [codebook, setCodebook] = useState('');
  const [source, setSource] = useState('');
  const [actor, setActor] = useActor();
  const [phase, setPhase] = useState<Phase>({ name: 'ready' });
  const [failure, setFailure] = useState('');
  const chosen = codebook || (codebooks[0]?.id ?? '');
  const send = async (event: Event) => {
    event.preventDefault();
    if (!file) return;
    setFailure('');
    setPhase({ name: 'sending', share: 0 });
    try {
      const path = withQuery('/v1/ingests', { codebook: chosen, source, fileName: file.name, actor });
      const onProgress = (share: number) => setPhase({ name: 'sending', share });
      const result = await postFile<IngestResult>(path, file, newIdempotencyKey(), onProgress);
      setPhase({ name: 'done', result });
      store.resources.refresh((candidate) => /\/v1\/(ingests|quarantine|populations)/.test(candidate));
      setFile(null);
      if (input.current) input.current.value = '';
    } catch (cause) {
      setFailure(cause instanceof Problem ? problemWords(cause, t) : String(cause));
      setPhase({ name: 'ready' });
    }
  };
  const sending = phase.name === 'sending';
  const ready = file !== null && chosen !== '' && source.trim() !== '' && actor.trim() !== '';
  return (
    <Panel title={t('upload.title')} note={t('upload.note')} class="no-print">
      <form class="stack" onSubmit={(event) => void send(event)}>
        <div class="filefield">
          <input
            id="upload-file"
            ref={input}
            class="hidden"
            type="file"
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
          <label for="upload-file" class="button">
            {t('upload.file')}
          </label>
          <span class="filefield__name">{file ? file.name : t('upload.noFile')}</span>
        </div>
        <Select
          label={t('upload.codebook')}
          value={chosen}
          options={codebooks.map(({ id, name, version }) => ({
            value: id,
            label: `${name || id} (${version})`,
          }))}
          onChange={setCodebook}
        />
        {codebooks.length === 0 && (
          <p class="field__hint">
            {t('upload.noCodebook')} <code>sepakat codebook register {t('first.codebook')}</code>
          </p>
        )}
        <TextField
          label={t('upload.source')}
          value={source}
          onInput={setSource}
          hint={t('upload.sourceHint')}
          required
        />
        <TextField label={t('form.actor')} value={actor} onInput={setActor} required />
        {failure && (
          <p class="field__error" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" class="button button--primary" disabled={!ready || sending}>
          {t('upload.send')}
        </button>
        {sending && (
          <p role="status">
            {phase.share < 1
              ? t('upload.sending', { n: formatNumber(100 * phase.share, 0, language) })
              : t('upload.deciding')}
          </p>
        )}
        {phase.name === 'done' && <UploadResult result={phase.result} />}
      </form>
    </Panel>
  );
}

function UploadResult({ result }: { result: IngestResult }) {
  const t = useT();
  const language = useLanguage();
  const n = (text: string) => formatCount(toCount(text), language);
  const { progress } = result;
  const reasons = Object.entries(result.findingsByReason);
  return (
    <div class="result" role="status">
      <p class="strong">{t('upload.done', { n: n(progress.received), count: toCount(progress.received) })}</p>
      <p>
        {t('arrivals.sum', {
          accepted: n(progress.accepted),
          flagged: n(progress.flagged),
          rejected: n(progress.rejected),
          repeated: n(progress.repeated),
        })}
      </p>
      {reasons.length > 0 && (
        <ul class="plain">
          {reasons.map(([reason, count]) => (
            <li key={reason}>
              <Go to={{ reason }}>{wordFor(t, 'reason', reason)}</Go> · {n(count)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
