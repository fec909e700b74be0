// Names of regions by code. A name not yet known is asked for with its siblings, once.

import { signal } from '@preact/signals';
import { getJson, withQuery } from '../api/client';
import type { Region, Regions } from '../api/types';

function parentOf(code: string): string {
  const dot = code.lastIndexOf('.');
  return dot < 0 ? '0' : code.slice(0, dot);
}

export class RegionNames {
  private readonly names = signal(new Map<string, Region>());
  private readonly asked = new Set<string>();
  private readonly population: () => string;

  constructor(population: () => string) {
    this.population = population;
  }

  /** The region, or undefined while its name is on the way. */
  find(code: string): Region | undefined {
    const found = this.names.value.get(`${this.population()}/${code}`);
    if (!found && code !== '') queueMicrotask(() => void this.ask(code));
    return found;
  }

  /** The name, or the code until the name is known. */
  name(code: string): string {
    return this.find(code)?.name ?? code;
  }

  /** Waits until the names of these areas are known, or cannot be. */
  async ready(codes: string[]): Promise<void> {
    const parents = new Map(codes.map((code) => [parentOf(code), code]));
    for (const code of parents.values())
      if (!this.names.peek().has(`${this.population()}/${code}`)) await this.ask(code);
  }

  private async ask(code: string): Promise<void> {
    const parent = parentOf(code);
    const population = this.population();
    const key = `${population}/${parent}`;
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const request = withQuery('/v1/regions', { population, parent, pageSize: 200 });
      const { regions, path } = await getJson<Regions>(request);
      const next = new Map(this.names.peek());
      for (const region of [...regions, ...path]) next.set(`${population}/${region.code}`, region);
      this.names.value = next;
    } catch {
      // The code stands in for the name; the next visit asks again.
      this.asked.delete(key);
    }
  }
}
