// One family: why it stands where it stands. Every consequence for a family has an explanation.

import { useState } from 'preact/hooks';
import type { FamilyExplanation } from '../../api/types';
import { formatEpochDay } from '../../format/dates';
import { welfareAmount, welfareUnit } from '../../format/measures';
import { formatMoney } from '../../format/numbers';
import { MESSAGES, wordFor } from '../../messages';
import { Badge, Go, RegionName } from '../../parts/Controls';
import type { Fact } from '../../parts/Facts';
import { Panel, SourceLine } from '../../parts/Panel';
import { EmptyState, Loaded, Skeleton } from '../../parts/States';
import { useMeasureName } from '../../store/areas';
import { usePopulation } from '../../store/figures';
import { useLanguage, useT } from '../../store/hooks';
import { useFamily, useProgrammes } from '../../store/queries';
import { Contributions } from './Contributions';
import type { Correction } from './correction';
import { Corrections, firstOf } from './Corrections';
import { shortPseudonym } from './FamilyRanking';
import { Standing } from './Standing';
import { useSource } from '../shared';

export function FamilyCard({ familyId }: { familyId: string }) {
  const t = useT();
  const family = useFamily(familyId);
  const missing = (
    <div class="panel">
      <EmptyState title={t('family.unknown')} />
    </div>
  );
  return (
    <>
      <Go to={{ family: '', view: 'keluarga' }} class="back">
        ← {t('family.back')}
      </Go>
      <Loaded
        of={family}
        missing={missing}
        skeleton={
          <div class="panel">
            <Skeleton height={420} />
          </div>
        }
      >
        {(data) => <Card key={familyId} data={data} />}
      </Loaded>
    </>
  );
}

function Card({ data }: { data: FamilyExplanation }) {
  const [corrections, setCorrections] = useState<Correction[]>([]);
  const source = useSource();
  const take = (variable: string) => {
    if (!corrections.some((one) => one.variable === variable))
      setCorrections([...corrections, firstOf(data, variable)]);
  };
  return (
    <div class="family">
      <FamilyHead data={data} />
      {data.standing && <Standing standing={data.standing} />}
      <div class="family__columns family__columns--wide">
        <Contributions data={data} onTry={take} />
        <Corrections data={data} corrections={corrections} onChange={setCorrections} />
      </div>
      <div class="family__columns">
        <Rules data={data} />
        <ProgrammeAnswers data={data} />
      </div>
      <SourceLine text={source} />
    </div>
  );
}

function FamilyHead({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const language = useLanguage();
  const { family } = data;
  const population = usePopulation();
  const welfare = welfareAmount(family.welfare, population);
  const line = welfareAmount(data.povertyLine, population);
  const money = (amount: number | null) =>
    amount === null ? '' : formatMoney(amount, welfareUnit(population).currency, language);
  const facts: Fact[] = [
    {
      name: t('family.decile'),
      value: family.decile === 0 ? t('families.unranked') : String(family.decile),
    },
    { name: t('family.welfare'), value: money(welfare) || t('figure.noData') },
    { name: t('family.line'), value: money(line) || t('family.noLine') },
  ];
  return (
    <section class="panel family__head">
      <div>
        <h2>
          {t('family.title')} <span class="mono">{shortPseudonym(family.familyId)}</span>
        </h2>
        <p class="panel__note">
          <RegionName code={family.region} /> · {t('families.size', { n: family.size, count: family.size })} ·{' '}
          {t('family.observed', { date: formatEpochDay(data.observedOn), source: data.source })}
        </p>
        <p class="panel__note">{t('families.masked')}</p>
      </div>
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('family.poor')}</dt>
          <dd>
            {family.poor === undefined ? (
              <Badge tone="calm">{t('answer.unknown')}</Badge>
            ) : family.poor ? (
              <Badge tone="bad">{t('family.belowLine')}</Badge>
            ) : (
              <Badge tone="good">{t('family.aboveLine')}</Badge>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

export function Answer({ result }: { result: string }) {
  const t = useT();
  if (result === 'true') return <Badge tone="bad">{t('answer.true')}</Badge>;
  if (result === 'false') return <Badge tone="good">{t('answer.false')}</Badge>;
  return <Badge tone="calm">{t('answer.unknown')}</Badge>;
}

const ORDER = ['true', 'unknown', 'false'];

/** A reason in words: its own sentence, else the part of the rule that was not met or not known. */
function useWhy(): (reason: string) => string {
  const t = useT();
  return (reason) => {
    if (`why.${reason}` in MESSAGES.id) return wordFor(t, 'why', reason);
    const [, part, outcome] = /^(.*)_(NOT_MET|UNKNOWN)$/.exec(reason) ?? [];
    if (part === undefined) return wordFor(t, 'why', reason);
    const places = { part: wordFor(t, 'variable', part.toLowerCase()) };
    return outcome === 'NOT_MET' ? t('why.notMet', places) : t('why.unknownPart', places);
  };
}

function Rules({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const nameOf = useMeasureName();
  const why = useWhy();
  const rules = [...data.rules].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  return (
    <Panel title={t('family.rules')} note={t('family.rulesNote')}>
      <ul class="rules">
        {rules.map((rule) => (
          <li key={rule.rule}>
            <span class="rules__name">{nameOf(`deprived.${rule.rule}`)}</span>
            <Answer result={rule.result} />
            {rule.reasons.length > 0 && <span class="rules__why">{rule.reasons.map(why).join('; ')}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ProgrammeAnswers({ data }: { data: FamilyExplanation }) {
  const t = useT();
  const language = useLanguage();
  const programmes = useProgrammes().data?.programmes ?? [];
  const why = useWhy();
  const nameOf = (id: string) => {
    const found = programmes.find(({ programme }) => programme.id === id)?.programme;
    return found ? (language === 'id' ? found.name : found.nameEn) : id;
  };
  return (
    <Panel title={t('family.programmes')}>
      <ul class="rules">
        {data.programmes.map((item) => (
          <li key={item.programmeId}>
            <span class="rules__name">
              <Go to={{ section: 'anggaran', programme: item.programmeId }}>{nameOf(item.programmeId)}</Go>
            </span>
            <Badge tone={item.result === 'true' ? 'accent' : 'calm'}>
              {wordFor(t, 'eligible', item.result)}
            </Badge>
            {item.reasons.length > 0 && <span class="rules__why">{item.reasons.map(why).join('; ')}</span>}
          </li>
        ))}
      </ul>
      <p class="source">
        {t('family.model', { model: data.modelId, version: data.modelVersion })}.{' '}
        {data.povertyLineVersion !== '' && t('family.lineVersion', { version: data.povertyLineVersion })}
      </p>
    </Panel>
  );
}
