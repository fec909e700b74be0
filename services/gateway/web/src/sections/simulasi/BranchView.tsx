// One what-if beside the register as it is: figures, map of the differences, who gains and loses.

import type { WhatIfResult } from '../../api/types';
import { Go } from '../../parts/Controls';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useT, useUrl } from '../../store/hooks';
import { useWhatIf } from '../../store/whatif';
import { BranchHead } from './BranchHead';
import { ComparedFigures } from './ComparedFigures';
import { DifferenceMap } from './DifferenceMap';
import { Movers } from './Movers';
import { ProgrammeMovers } from './ProgrammeMovers';

export function BranchView({ name }: { name: string }) {
  const t = useT();
  const { region } = useUrl();
  const result = useWhatIf(name, region);
  return (
    <>
      <Go to={{ branch: '' }} class="back">
        ← {t('whatif.back')}
      </Go>
      <Loaded
        of={result}
        missing={
          <div class="panel">
            <EmptyState title={t('whatif.unknown', { name })} />
          </div>
        }
        skeleton={
          <div class="panel">
            <Skeleton height={420} />
          </div>
        }
      >
        {(data) => <Branch data={data} />}
      </Loaded>
    </>
  );
}

function Branch({ data }: { data: WhatIfResult }) {
  return (
    <>
      <BranchHead branch={data.branch} />
      <div class="split split--whatif">
        <div class="split__side">
          <ComparedFigures data={data} />
          <Movers data={data} />
        </div>
        <div class="split__side">
          <DifferenceMap data={data} />
          <ProgrammeMovers data={data} />
        </div>
      </div>
    </>
  );
}
