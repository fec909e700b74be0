// Sentences of the page. A message is a text with {named} places, or a pair of texts chosen by the
// number `n`.

import type { Language } from '../url/state';
import { en } from './en';
import { id } from './id';

export type Message = string | { one: string; other: string };
export type MessageKey = keyof typeof id;
export type Places = Record<string, string | number>;
export type Translate = (key: MessageKey, places?: Places) => string;

export const MESSAGES: Record<Language, Record<MessageKey, Message>> = { id, en };

export function fill(message: Message, places: Places): string {
  const text =
    typeof message === 'string'
      ? message
      : Number(places.count ?? places.n) === 1
        ? message.one
        : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
}

export function translator(language: Language): Translate {
  const messages = MESSAGES[language];
  return (key, places = {}) => fill(messages[key], places);
}

/** The message of a code that the server may extend: unknown codes show as readable text. */
export function wordFor(t: Translate, prefix: string, code: string): string {
  const key = `${prefix}.${code}`;
  return key in id ? t(key as MessageKey) : code.replace(/_/g, ' ').toLowerCase();
}
