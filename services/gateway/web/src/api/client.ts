// Requests to the gateway. Every failure is a `Problem`: what failed, in the server's words.

import type { ProblemBody as FullProblem } from './types';

export type ProblemBody = Partial<FullProblem>;

export class Problem extends Error {
  readonly status: number;
  /** Stable UPPER_SNAKE code; `UNREACHABLE` when there was no answer at all. */
  readonly code: string;
  readonly field: string;

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || String(status));
    this.status = status;
    this.code = body.code || (status === 0 ? 'UNREACHABLE' : `HTTP_${status}`);
    this.field = body.field ?? '';
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  return new Problem(response.status, body);
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Problem(0, {});
  }
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as T;
}

/** Reads; the browser revalidates by ETag, so an unchanged answer costs one short round trip. */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, {
    cache: 'no-cache',
    headers: { Accept: 'application/json' },
    signal: signal ?? null,
  });
}

/** Changes something once: the same key has the same effect, so a retry is harmless. */
export function postJson<T>(path: string, body: unknown, idempotencyKey: string): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body: JSON.stringify(body),
  });
}

/** Sends a file as it is and tells how much of it has left, 0 to 1. */
export function postFile<T>(
  path: string,
  file: Blob,
  idempotencyKey: string,
  onProgress: (share: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('Idempotency-Key', idempotencyKey);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => reject(new Problem(0, {}));
    request.onload = () => {
      let body: unknown = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // An answer that is no JSON is reported by its status alone.
      }
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new Problem(request.status, body as ProblemBody));
    };
    request.send(file);
  });
}

export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `path` with the query fields that are not empty. */
export function withQuery(path: string, fields: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
