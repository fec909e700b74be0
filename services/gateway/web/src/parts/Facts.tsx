/** Names and values, as a list that reads well aloud. */
export interface Fact {
  name: string;
  value: string;
}

export function Facts({ facts, narrow }: { facts: Fact[]; narrow?: boolean }) {
  return (
    <dl class={narrow ? 'facts facts--narrow' : 'facts'}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
