// Both languages are complete, and every message is used.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fill, MESSAGES, translator, wordFor, type Message } from '../src/messages';

const root = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(root, { recursive: true })
  .map(String)
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('messages'))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

const texts = (message: Message) => (typeof message === 'string' ? [message] : [message.one, message.other]);
const places = (message: Message) =>
  [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
const keys = Object.keys(MESSAGES.id) as (keyof typeof MESSAGES.id)[];

/** Keys built from a prefix and a code: t(`section.${name}`), wordFor(t, 'why', code). */
const prefixes = [
  ...[...sources.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1] as string),
  ...[...sources.matchAll(/wordFor\(t, '([\w.]+)'/g)].map((match) => `${match[1]}.`),
  ...[...sources.matchAll(/wordFor\(t, `([\w.]+\.)\$\{/g)].map((match) => match[1] as string),
];

describe('messages', () => {
  it('exist in both languages with the same keys', () => {
    expect(Object.keys(MESSAGES.en).sort()).toEqual([...keys].sort());
  });

  it('say something in every language', () => {
    const empty = keys.filter((key) =>
      [MESSAGES.id[key], MESSAGES.en[key]].some((message) =>
        texts(message).some((text) => text.trim() === ''),
      ),
    );
    expect(empty).toEqual([]);
  });

  it('name the same places in both languages', () => {
    const different = keys.filter(
      (key) => places(MESSAGES.id[key]).join() !== places(MESSAGES.en[key]).join(),
    );
    expect(different).toEqual([]);
  });

  it('say for every reason what the rule demands', () => {
    const reasons = keys.filter((key) => key.startsWith('reason.')).map((key) => key.slice(7));
    expect(reasons.filter((reason) => !(`rule.${reason}` in MESSAGES.id))).toEqual([]);
  });

  it('explain every reason of the rule sets that ship', () => {
    const folder = fileURLToPath(new URL('../../../common/rules/builtin', import.meta.url));
    const sets = readdirSync(folder).filter((name) => name.endsWith('.toml'));
    const reasons = sets
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .flatMap((toml) => [...toml.matchAll(/\b(?:reason|unknown) = "([A-Z0-9_]+)"/g)])
      .map((match) => match[1] as string);
    expect(new Set(reasons).size).toBeGreaterThan(60);
    expect([...new Set(reasons)].filter((reason) => !(`why.${reason}` in MESSAGES.id)).sort()).toEqual([]);
  });

  it('are all used by the page', () => {
    const unused = keys.filter(
      (key) => !sources.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('are all written where the page asks for them', () => {
    const asked = [...sources.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] as string);
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((key) => !(key in MESSAGES.id))).toEqual([]);
  });

  it('use no word of the machinery in a sentence for a planner', () => {
    const forbidden = /\b(topic|offset|partition|publication|publikasi|JSON|SSE|HTTP)\b/i;
    expect(
      keys.filter((key) =>
        [MESSAGES.id[key], MESSAGES.en[key]].some((message) =>
          texts(message).some((text) => forbidden.test(text)),
        ),
      ),
    ).toEqual([]);
  });

  it('choose the English form by the count', () => {
    const message = { one: '{n} family', other: '{n} families' };
    expect(fill(message, { n: '1', count: 1 })).toBe('1 family');
    expect(fill(message, { n: '1.200', count: 1200 })).toBe('1.200 families');
  });

  it('show a code of the server that has no words yet as readable text', () => {
    expect(wordFor(translator('id'), 'reason', 'TWO_HEADS')).toBe('Lebih dari satu kepala keluarga');
    expect(wordFor(translator('id'), 'reason', 'SOMETHING_NEW')).toBe('something new');
  });
});
