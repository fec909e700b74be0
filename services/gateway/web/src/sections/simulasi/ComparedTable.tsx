import type { ComponentChildren } from 'preact';
import { useT } from '../../store/hooks';

interface Row {
  key: string;
  name: string;
  now: string;
  then: string;
  more: ComponentChildren[];
}

/** Things one below the other: as they are, as they would be, and what more there is to say of each. */
export function ComparedTable(props: { name: string; thing: string; more: string[]; rows: Row[] }) {
  const t = useT();
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label={t('table.region', { name: props.name })}>
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">{props.thing}</th>
            {[t('whatif.now'), t('whatif.then'), ...props.more].map((head) => (
              <th scope="col" class="number" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              <td class="number">{row.now}</td>
              <td class="number strong">{row.then}</td>
              {row.more.map((cell, column) => (
                <td class="number" key={props.more[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
