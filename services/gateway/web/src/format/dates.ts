// Moments as `25-11-2026 14.03`, in the time zone of the person looking.

function two(value: number): string {
  return String(value).padStart(2, '0');
}

export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${two(date.getDate())}-${two(date.getMonth() + 1)}-${date.getFullYear()}`;
}

export function formatTime(ms: number, seconds = false): string {
  const date = new Date(ms);
  const text = `${two(date.getHours())}.${two(date.getMinutes())}`;
  return seconds ? `${text}.${two(date.getSeconds())}` : text;
}

export function formatMoment(ms: number, seconds = false): string {
  return `${formatDay(ms)} ${formatTime(ms, seconds)}`;
}

/** A moment as short as it is clear: the time on the same day, else the day. */
export function formatSince(ms: number, nowMs: number): string {
  return formatDay(ms) === formatDay(nowMs) ? formatTime(ms) : formatDay(ms);
}

/** Days since 1970-01-01 (a date without a time zone) as `25-11-2026`. */
export function formatEpochDay(days: number): string {
  const date = new Date(days * 86_400_000);
  return `${two(date.getUTCDate())}-${two(date.getUTCMonth() + 1)}-${date.getUTCFullYear()}`;
}

/** The value of an `<input type="date">` as days since 1970-01-01; null when it is no date. */
export function parseEpochDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms / 86_400_000;
}

/** Today in local time as the value of an `<input type="date">`. */
export function todayInput(nowMs: number): string {
  const date = new Date(nowMs);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export type Ago = { unit: 'second' | 'minute' | 'hour' | 'day'; count: number };

/** How long ago, in the largest whole unit. */
export function ago(ms: number, nowMs: number): Ago {
  const seconds = Math.max(0, Math.round((nowMs - ms) / 1000));
  if (seconds < 60) return { unit: 'second', count: seconds };
  if (seconds < 3600) return { unit: 'minute', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hour', count: Math.floor(seconds / 3600) };
  return { unit: 'day', count: Math.floor(seconds / 86_400) };
}
