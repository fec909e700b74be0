import type { WhatIfResult } from '../../api/types';
import { formatCount, toCount } from '../../format/numbers';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';
import { useSource } from '../shared';
import { ComparedTable } from './ComparedTable';
import { familiesOf } from './comparison';

/** For each programme: who would become eligible, and who no longer. */
export function ProgrammeMovers({ data }: { data: WhatIfResult }) {
  const t = useT();
  const language = useLanguage();
  const source = useSource(Number(data.branch.cutAtMs));
  const programmes = useProgrammes().data?.programmes ?? [];
  const nameOf = (id: string) => {
    const found = programmes.find(({ programme }) => programme.id === id)?.programme;
    return found ? (language === 'id' ? found.name : found.nameEn) : id;
  };
  const all = data.moves?.programmes ?? [];
  const rows = all.filter((row) => familiesOf(row.gained) + familiesOf(row.lost) > 0);
  const others = all.length - rows.length;
  const title = t('whatif.programmes');
  const number = (n: number) => formatCount(n, language, true);
  const signed = (mark: string, n: number) => (n === 0 ? '0' : `${mark}${number(n)}`);
  return (
    <Panel title={title} note={t('whatif.programmesNote')}>
      {rows.length === 0 ? (
        <EmptyState title={t(all.length === 0 ? 'budget.none' : 'whatif.noProgrammes')} />
      ) : (
        <ComparedTable
          name={title}
          thing={t('column.programme')}
          more={[t('whatif.gained'), t('whatif.lost')]}
          rows={rows.map((row) => ({
            key: row.programmeId,
            name: nameOf(row.programmeId),
            now: number(toCount(row.baseFamilies)),
            then: number(toCount(row.branchFamilies)),
            more: [signed('▲ +', familiesOf(row.gained)), signed('▼ −', familiesOf(row.lost))],
          }))}
        />
      )}
      {rows.length > 0 && others > 0 && (
        <p class="panel__note">{t('whatif.otherProgrammes', { n: others, count: others })}</p>
      )}
      <SourceLine text={source} />
    </Panel>
  );
}
