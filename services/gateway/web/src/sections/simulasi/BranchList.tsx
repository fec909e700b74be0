// The what-ifs that there are, newest first.

import type { WhatIf } from '../../api/types';
import { formatMoment } from '../../format/dates';
import { Badge, Go, RegionName } from '../../parts/Controls';
import { Panel } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useT } from '../../store/hooks';
import { useWhatIfs } from '../../store/whatif';
import { useChangeWords } from './useChangeWords';

export function BranchList() {
  const t = useT();
  const list = useWhatIfs();
  const nothing = <EmptyState title={t('whatif.none')} />;
  return (
    <Panel title={t('whatif.list')} note={t('whatif.listNote')}>
      <Loaded of={list} missing={nothing} skeleton={<Skeleton height={240} />}>
        {({ branches }) =>
          branches.length === 0 ? (
            nothing
          ) : (
            <ul class="branches">
              {[...branches]
                .sort((a, b) => Number(b.createdAtMs) - Number(a.createdAtMs))
                .map((branch) => (
                  <BranchItem key={branch.name} branch={branch} />
                ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function BranchItem({ branch }: { branch: WhatIf }) {
  const t = useT();
  const words = useChangeWords();
  return (
    <li>
      <Go to={{ branch: branch.name, region: branch.region }} class="branches__row">
        <span class="branches__name">{branch.name}</span>
        <BranchState branch={branch} />
        <span class="branches__what">{words(branch.changes).join('; ')}</span>
        <span class="sub">
          <RegionName code={branch.region} /> ·{' '}
          {t('whatif.by', { actor: branch.actor, time: formatMoment(Number(branch.createdAtMs)) })}
        </span>
      </Go>
    </li>
  );
}

/** Open, adopted, or overtaken by other changes of the rules. */
export function BranchState({ branch }: { branch: WhatIf }) {
  const t = useT();
  if (branch.state === 'adopted') return <Badge tone="good">{t('whatif.state.adopted')}</Badge>;
  if (!branch.baseStands) return <Badge tone="warn">{t('whatif.state.overtaken')}</Badge>;
  return <Badge tone="accent">{t('whatif.state.open')}</Badge>;
}
