// Where: the path of the area, and the tree with search behind it.

import { useEffect, useState } from 'preact/hooks';
import { Dialog, Go, TextField } from '../parts/Controls';
import { Icon } from '../parts/Icon';
import { Loaded } from '../parts/States';
import type { Region } from '../api/types';
import { formatCount, toCount } from '../format/numbers';
import { useLanguage, useStore, useT, useUrl } from '../store/hooks';
import { useChildFigures, useRegions, useRegionSearch } from '../store/queries';

export function AreaPath() {
  const t = useT();
  const { region } = useUrl();
  const [open, setOpen] = useState(false);
  const regions = useRegions(region || null);
  const path = pathOf(regions.data?.path, region);
  useEffect(() => setOpen(false), [region]);
  return (
    <>
      <nav class={path.length > 3 ? 'areapath areapath--deep' : 'areapath'} aria-label={t('frame.area')}>
        <ol>
          {path.map((step) => (
            <li key={step.code} class={step.code === region ? 'areapath__here' : ''}>
              <Go to={{ region: step.code }} current={step.code === region}>
                {step.name}
              </Go>
            </li>
          ))}
        </ol>
        <button
          type="button"
          class="button areapath__open"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          <Icon name="search" size={16} />
          <span>{t('area.choose')}</span>
        </button>
      </nav>
      <Dialog title={t('area.title')} open={open} onClose={() => setOpen(false)}>
        <AreaTree path={path.map((step) => step.code)} />
      </Dialog>
    </>
  );
}

function pathOf(path: Region[] | undefined, region: string): { code: string; name: string }[] {
  if (path && path.length > 0) return path;
  return region === '' ? [] : [{ code: region, name: region }];
}

function AreaTree({ path }: { path: string[] }) {
  const t = useT();
  const [text, setText] = useState('');
  return (
    <div class="stack">
      <TextField
        type="search"
        label={t('area.search')}
        value={text}
        onInput={setText}
        hint={t('area.searchHint')}
      />
      {text.trim().length >= 2 ? (
        <AreaSearch text={text.trim()} />
      ) : (
        <ul class="tree">
          <AreaBranch code="0" open={path} />
        </ul>
      )}
    </div>
  );
}

/** Areas by name, those of the own regency first: names repeat across the country. */
function AreaSearch({ text }: { text: string }) {
  const t = useT();
  const store = useStore();
  const { region } = useUrl();
  const regency = region.split('.').slice(0, 2).join('.') || '0';
  const near = useRegionSearch(text, regency).data?.regions ?? [];
  const found = useRegionSearch(text, '0');
  return (
    <Loaded of={found}>
      {({ regions: everywhere }) => {
        const known = new Set(near.map(({ code }) => code));
        const regions = [...near, ...everywhere.filter(({ code }) => !known.has(code))];
        return regions.length === 0 ? (
          <p>{t('area.none', { text })}</p>
        ) : (
          <ul class="tree tree--flat">
            {regions.map((region) => (
              <li key={region.code}>
                <Go to={{ region: region.code }} class="tree__link">
                  <span>{region.name}</span>
                  <span class="tree__note">
                    {region.parent ? store.names.name(region.parent) : ''} · {region.code}
                  </span>
                </Go>
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

/** One area with its children behind a disclosure; the branch of the current area starts open. */
function AreaBranch({ code, open }: { code: string; open: string[] }) {
  const t = useT();
  const store = useStore();
  const { region } = useUrl();
  const [expanded, setExpanded] = useState(open.includes(code));
  const name = store.names.name(code);
  const leaf = code.split('.').length >= 4;
  return (
    <li>
      <div class="tree__row">
        {leaf ? (
          <span class="tree__toggle" />
        ) : (
          <button
            type="button"
            class={`button button--icon tree__toggle ${expanded ? 'tree__toggle--open' : ''}`}
            aria-expanded={expanded}
            aria-label={t(expanded ? 'area.collapse' : 'area.expand', { name })}
            onClick={() => setExpanded(!expanded)}
          >
            <Icon name="chevron" size={16} />
          </button>
        )}
        <Go to={{ region: code }} class="tree__link" current={code === region}>
          {name}
        </Go>
      </div>
      {expanded && !leaf && <AreaChildren code={code} open={open} />}
    </li>
  );
}

function AreaChildren({ code, open }: { code: string; open: string[] }) {
  const t = useT();
  const language = useLanguage();
  const regions = useRegions(code);
  const figures = useChildFigures(code, ['families']).data?.children ?? [];
  const families = new Map(figures.map((child) => [child.region, toCount(child.figures[0]?.value)]));
  return (
    <Loaded of={regions}>
      {({ regions: list }) => {
        const children = list.filter((region) => region.code !== code);
        const withData = children.filter((region) => families.get(region.code));
        const without = children.length - withData.length;
        return (
          <ul>
            {withData.map((region) => (
              <AreaBranch key={region.code} code={region.code} open={open} />
            ))}
            {without > 0 && (
              <li class="tree__note tree__note--row">
                {t('area.withoutData', { n: formatCount(without, language), count: without })}
              </li>
            )}
          </ul>
        );
      }}
    </Loaded>
  );
}
