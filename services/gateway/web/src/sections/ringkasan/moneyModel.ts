// Money of all programmes of an area.

import type { Plans, Programmes } from '../../api/types';
import { toCount } from '../../format/numbers';

export interface Money {
  ceiling: number;
  proposed: number;
  approved: number;
  delivered: number;
}

export function sumMoney(programmes: Programmes['programmes']): Money {
  const sum: Money = { ceiling: 0, proposed: 0, approved: 0, delivered: 0 };
  for (const summary of programmes) {
    sum.ceiling += toCount(summary.programme.ceilingRupiah);
    sum.proposed += toCount(summary.proposedRupiah);
    sum.approved += toCount(summary.approvedRupiah);
    sum.delivered += toCount(summary.deliveredRupiah);
  }
  return sum;
}

/** Approved money after each decision, from nothing. */
export function approvedCourse(plans: Plans['plans']): number[] {
  const inOrder = [...plans].sort((a, b) => toCount(a.approvedAtMs) - toCount(b.approvedAtMs));
  const course = [0];
  for (const plan of inOrder) course.push((course.at(-1) ?? 0) + toCount(plan.costRupiah));
  return course.length > 1 ? course : [];
}
