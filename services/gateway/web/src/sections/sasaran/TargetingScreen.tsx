// Sasaran: which areas and which families come first, and why.

import { Segments } from '../../parts/Controls';
import { useStore, useT, useUrl } from '../../store/hooks';
import { ScreenHead } from '../ScreenHead';
import { AreaRanking } from './AreaRanking';
import { FamilyCard } from './FamilyCard';
import { FamilyRanking } from './FamilyRanking';

export function TargetingScreen() {
  const t = useT();
  const store = useStore();
  const { view, family } = useUrl();
  const shown = view === 'keluarga' ? 'keluarga' : 'wilayah';
  return (
    <>
      <ScreenHead liveOnly>
        <Segments
          label={t('targeting.view')}
          value={shown}
          options={[
            { value: 'wilayah', label: t('targeting.areas') },
            { value: 'keluarga', label: t('targeting.families') },
          ]}
          onChange={(value) => store.go({ view: value === 'wilayah' ? '' : value, family: '' })}
        />
      </ScreenHead>
      {family !== '' ? (
        <FamilyCard familyId={family} />
      ) : shown === 'wilayah' ? (
        <AreaRanking />
      ) : (
        <FamilyRanking />
      )}
    </>
  );
}
