// Anggaran: what is proposed with which money, what a decision would change, and what arrived.

import { Go } from '../../parts/Controls';
import { useT, useUrl } from '../../store/hooks';
import { ScreenHead } from '../ScreenHead';
import { PlanView } from './PlanView';
import { ProgrammeList } from './ProgrammeList';
import { ProposalView } from './ProposalView';

export function BudgetScreen() {
  const t = useT();
  const { programme, plan } = useUrl();
  return (
    <>
      <ScreenHead liveOnly />
      {(programme !== '' || plan !== '') && (
        <Go to={plan !== '' ? { plan: '' } : { programme: '' }} class="back">
          ← {plan !== '' ? t('plan.back') : t('budget.back')}
        </Go>
      )}
      {plan !== '' ? (
        <PlanView planId={plan} />
      ) : programme !== '' ? (
        <ProposalView programmeId={programme} />
      ) : (
        <ProgrammeList />
      )}
    </>
  );
}
