// Simulasi: what other lines, models, weights, rules or cut-offs would make of the live register.

import { useUrl } from '../../store/hooks';
import { ScreenHead } from '../ScreenHead';
import { BranchList } from './BranchList';
import { BranchView } from './BranchView';
import { NewBranch } from './NewBranch';

export function WhatIfScreen() {
  const { branch } = useUrl();
  return (
    <>
      <ScreenHead />
      {branch !== '' ? (
        <BranchView name={branch} />
      ) : (
        <div class="split split--even">
          <NewBranch />
          <BranchList />
        </div>
      )}
    </>
  );
}
