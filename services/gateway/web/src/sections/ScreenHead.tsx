import type { ComponentChildren } from 'preact';
import { Segments } from '../parts/Controls';
import { Icon } from '../parts/Icon';
import { useStore, useT, useUrl } from '../store/hooks';
import { useRegions } from '../store/queries';
import { PERIODS, type Period } from '../url/state';

const KINDS = new Set(['kecamatan', 'desa', 'kelurahan', 'desa_adat']);

/** Name of the area and section, the period where it matters, and printing. */
export function ScreenHead({
  period,
  children,
  liveOnly,
}: {
  period?: boolean;
  children?: ComponentChildren;
  liveOnly?: boolean;
}) {
  const t = useT();
  const store = useStore();
  const url = useUrl();
  const here = useRegions(url.region || null).data?.path.at(-1);
  const kind = here && KINDS.has(here.kind) ? `${t(`kind.${here.kind as 'desa'}`)} ` : '';
  return (
    <header class="screenhead">
      <div>
        <p class="screenhead__section">{t(`section.${url.section}`)}</p>
        <h1>{here ? `${kind}${here.name}` : t(`section.${url.section}`)}</h1>
      </div>
      <div class="screenhead__tools no-print">
        {children}
        {period && (
          <Segments
            label={t('period.label')}
            value={url.period}
            options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
            onChange={(value) => store.go({ period: value as Period })}
          />
        )}
        <button
          type="button"
          class="button button--icon"
          aria-label={t('action.print')}
          title={t('action.print')}
          onClick={() => print()}
        >
          <Icon name="print" size={18} />
        </button>
      </div>
      {liveOnly && url.heldAt && (
        <p class="screenhead__warn" role="note">
          {t('asOf.liveOnly')}
        </p>
      )}
    </header>
  );
}
