import { useEffect } from 'preact/hooks';
import { Select } from '../parts/Controls';
import { useStore, useT, useUrl } from '../store/hooks';
import { usePopulations } from '../store/queries';

/** Register or survey; shown only when there is a choice. */
export function PopulationChoice() {
  const store = useStore();
  const t = useT();
  const { population } = useUrl();
  const populations = usePopulations().data?.populations ?? [];
  const first = populations[0]?.id;
  const known = populations.some((candidate) => candidate.id === population);
  useEffect(() => {
    if (first && !known) store.go({ population: first, region: '' }, true);
  }, [first, known, store]);
  if (populations.length < 2) return null;
  return (
    <Select
      label={t('frame.population')}
      hideLabel
      value={population}
      options={populations.map(({ id, name }) => ({ value: id, label: name || id }))}
      onChange={(id) => store.go({ population: id, region: '', heldAt: '' })}
    />
  );
}
