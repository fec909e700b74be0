import type { WhatIfResult } from '../../api/types';
import { formatCount, toCount } from '../../format/numbers';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState } from '../../parts/States';
import { useLanguage, useT } from '../../store/hooks';
import { useProgrammes } from '../../store/queries';
import { useSource } from '../shared';
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
        <div class="table-wrap" tabIndex={0} role="region" aria-label={t('table.region', { name: title })}>
          <table class="compared">
            <thead>
              <tr>
                <th scope="col">{t('column.programme')}</th>
                <th scope="col" class="number">
                  {t('whatif.now')}
                </th>
                <th scope="col" class="number">
                  {t('whatif.then')}
                </th>
                <th scope="col" class="number">
                  {t('whatif.gained')}
                </th>
                <th scope="col" class="number">
                  {t('whatif.lost')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.programmeId}>
                  <th scope="row">{nameOf(row.programmeId)}</th>
                  <td class="number">{number(toCount(row.baseFamilies))}</td>
                  <td class="number strong">{number(toCount(row.branchFamilies))}</td>
                  <td class="number">{signed('▲ +', familiesOf(row.gained))}</td>
                  <td class="number">{signed('▼ −', familiesOf(row.lost))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && others > 0 && (
        <p class="panel__note">{t('whatif.otherProgrammes', { n: others, count: others })}</p>
      )}
      <SourceLine text={source} />
    </Panel>
  );
}
