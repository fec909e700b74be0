// The frame around every screen: where (breadcrumb), when (as of), what (sections), and whether
// the page is connected.

import type { ComponentChildren } from 'preact';
import { Go } from '../parts/Controls';
import { Icon } from '../parts/Icon';
import { useStore, useT, useUrl } from '../store/hooks';
import { SECTIONS } from '../url/state';
import { AreaPath } from './AreaPath';
import { AsOfControl, HeldBand } from './AsOf';
import { ConnectionBadge, CaughtUp } from './Connection';
import { Notices } from './Notices';
import { PopulationChoice } from './PopulationChoice';

function LanguageSwitch() {
  const store = useStore();
  const t = useT();
  const { language } = useUrl();
  const other = language === 'id' ? 'en' : 'id';
  return (
    <button
      type="button"
      class="button button--quiet language"
      onClick={() => store.go({ language: other }, true)}
    >
      {other.toUpperCase()}{' '}
      <span class="hidden" lang={other}>
        {t('frame.otherLanguage')}
      </span>
    </button>
  );
}

function Sections() {
  const t = useT();
  const { section } = useUrl();
  return (
    <nav class="sections" aria-label={t('frame.sections')}>
      <ul>
        {SECTIONS.map((name) => (
          <li key={name}>
            <Go to={{ section: name }} class="sections__link" current={name === section}>
              <Icon name={name} />
              <span>{t(`section.${name}`)}</span>
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Frame({ children }: { children: ComponentChildren }) {
  const t = useT();
  const { heldAt } = useUrl();
  const lost = useStore().live.connection.value.state === 'lost';
  return (
    <div class={`frame ${heldAt ? 'frame--held' : ''}`}>
      <a class="skip" href="#isi">
        {t('frame.skip')}
      </a>
      <header class={lost ? 'topbar topbar--lost' : 'topbar'}>
        <div class="brand" aria-hidden="true">
          <img src="/icon.svg" alt="" width="26" height="26" />
          <span>SEPAKAT</span>
        </div>
        <AreaPath />
        <div class="topbar__tools">
          <PopulationChoice />
          <AsOfControl />
          <ConnectionBadge />
          <LanguageSwitch />
        </div>
      </header>
      <HeldBand />
      <Sections />
      <main id="isi" tabIndex={-1}>
        <CaughtUp />
        <Notices />
        {children}
      </main>
    </div>
  );
}
