import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { Frame } from './frame/Frame';
import { EmptyState, FirstStart, ProblemState, Skeleton } from './parts/States';
import { lazy, Suspense } from './parts/lazy';
import { Overview } from './sections/ringkasan/Overview';
import type { AppStore } from './store/app';
import { StoreContext, useStore, useT, useUrl } from './store/hooks';
import { useChildFigures, usePopulations, useRegions } from './store/queries';
import { toCount } from './format/numbers';
import type { Section } from './url/state';

const SCREENS: Record<Section, ComponentType> = {
  ringkasan: Overview,
  peta: lazy(() => import('./sections/peta/MapScreen').then((module) => module.MapScreen)),
  sasaran: lazy(() => import('./sections/sasaran/TargetingScreen').then((module) => module.TargetingScreen)),
  simulasi: lazy(() => import('./sections/simulasi/WhatIfScreen').then((module) => module.WhatIfScreen)),
  anggaran: lazy(() => import('./sections/anggaran/BudgetScreen').then((module) => module.BudgetScreen)),
  pemantauan: lazy(() =>
    import('./sections/pemantauan/MonitoringScreen').then((module) => module.MonitoringScreen),
  ),
  data: lazy(() => import('./sections/data/DataScreen').then((module) => module.DataScreen)),
};

/** Without an area in the address: the deepest one that holds all the data there is. */
function FindArea({ code = '0' }: { code?: string }) {
  const store = useStore();
  const children = useChildFigures(code, ['families']);
  const withData = (children.data?.children ?? []).filter((child) => toCount(child.figures[0]?.value) > 0);
  const only = withData.length === 1 && code.split('.').length < 3 ? withData[0]?.region : undefined;
  useEffect(() => {
    if (children.data && only === undefined) store.go({ region: code }, true);
  }, [children.data, only, code, store]);
  if (children.problem && !children.data) return <ProblemState problem={children.problem} />;
  return only === undefined ? <Skeleton lines={6} /> : <FindArea key={only} code={only} />;
}

function Screen() {
  const store = useStore();
  const t = useT();
  const { section, region, language } = useUrl();
  const populations = usePopulations();
  const path = useRegions(region || null);
  const here = path.data?.path.at(-1)?.name ?? '';
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = [t(`section.${section}`), here, 'SEPAKAT'].filter(Boolean).join(' · ');
  }, [section, here, language, t]);
  if (populations.problem && !populations.data) return <ProblemState problem={populations.problem} />;
  // Loading the first file has to work before there is anything to show.
  const nothingYet = populations.data?.populations.length === 0;
  if (nothingYet && section !== 'data') return <FirstStart />;
  if (region === '' && !nothingYet) return <FindArea />;
  if (path.problem?.status === 404) {
    return (
      <EmptyState title={t('area.unknown', { code: region })} page>
        <button type="button" class="button" onClick={() => store.go({ region: '' })}>
          {t('area.home')}
        </button>
      </EmptyState>
    );
  }
  const Shown = SCREENS[section];
  return (
    <Suspense waiting={<Skeleton lines={8} />} page>
      <Shown />
    </Suspense>
  );
}

export function App({ store }: { store: AppStore }) {
  return (
    <StoreContext.Provider value={store}>
      <Frame>
        <Screen />
      </Frame>
    </StoreContext.Provider>
  );
}
