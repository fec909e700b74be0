// Sasaran: which areas and which families come first, who moved, and why.

import { Segments } from '../../parts/Controls';
import { useStore, useT, useUrl } from '../../store/hooks';
import { ScreenHead } from '../ScreenHead';
import { AreaRanking } from './AreaRanking';
import { FamilyCard } from './FamilyCard';
import { FamilyRanking } from './FamilyRanking';
import { Movements } from './Movements';

export function TargetingScreen() {
  const t = useT();
  const store = useStore();
  const { view, family } = useUrl();
  const shown = view === 'keluarga' || view === 'perpindahan' ? view : 'wilayah';
  return (
    <>
      <ScreenHead liveOnly>
        <Segments
          label={t('targeting.view')}
          value={shown}
          options={[
            { value: 'wilayah', label: t('targeting.areas') },
            { value: 'keluarga', label: t('targeting.families') },
            { value: 'perpindahan', label: t('targeting.moves') },
          ]}
          onChange={(value) => store.go({ view: value === 'wilayah' ? '' : value, family: '' })}
        />
      </ScreenHead>
      {family !== '' ? (
        <FamilyCard familyId={family} />
      ) : shown === 'keluarga' ? (
        <FamilyRanking />
      ) : shown === 'perpindahan' ? (
        <Movements />
      ) : (
        <AreaRanking />
      )}
    </>
  );
}
