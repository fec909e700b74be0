// The changes of a what-if in sentences.

import type { WhatIfChanges } from '../../api/types';
import { formatNumber } from '../../format/numbers';
import { useAreaLabel } from '../../store/areas';
import { useLanguage, useT } from '../../store/hooks';
import { useParameters, useProgrammes } from '../../store/queries';
import { wordFor } from '../../messages';

export function useChangeWords(): (changes: WhatIfChanges | undefined) => string[] {
  const t = useT();
  const language = useLanguage();
  const areaLabel = useAreaLabel();
  const parameters = useParameters().data;
  const programmes = useProgrammes().data?.programmes ?? [];
  const number = (text: string) => formatNumber(Number(text), Number(text) % 1 === 0 ? 0 : 1, language);
  const modelName = (id: string) => parameters?.models.find((model) => model.id === id)?.name ?? id;
  const ruleName = (version: string) =>
    parameters?.ruleSets.find((rules) => rules.version === version)?.id ?? version;
  const programmeName = (id: string) => {
    const found = programmes.find(({ programme }) => programme.id === id)?.programme;
    return found ? (language === 'id' ? found.name : found.nameEn) : id;
  };
  return (changes) => {
    if (!changes) return [];
    const words: string[] = [];
    if (changes.linePercent !== '') words.push(t('whatif.said.line', { n: number(changes.linePercent) }));
    for (const line of changes.lines)
      words.push(t('whatif.said.lineValue', { area: areaLabel(line.region), value: line.value }));
    if (changes.model) words.push(t('whatif.said.ownModel', { model: changes.model.name }));
    if (changes.settings) {
      words.push(t('whatif.said.model', { model: modelName(changes.settings.modelId) }));
      words.push(wordFor(t, 'whatif.said.decile', changes.settings.decileBy));
    }
    if (changes.ruleSet !== '') words.push(t('whatif.said.rules', { rules: ruleName(changes.ruleSet) }));
    for (const weight of changes.weights)
      words.push(
        t('whatif.said.weight', {
          who: wordFor(t, 'whatif.who', String(weight.urbanRural)),
          n: number(String(Number(weight.factor) * 100)),
        }),
      );
    for (const { programmeId, rule } of changes.programmes)
      words.push(
        rule && rule.decileMax > 0
          ? t('whatif.said.programme', { programme: programmeName(programmeId), n: rule.decileMax })
          : t('whatif.said.programmeAny', { programme: programmeName(programmeId) }),
      );
    return words;
  };
}
