// Server-sent events as text: fed in pieces of any size, gives whole events and heartbeats.

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

export interface SseHandler {
  onEvent(event: ServerEvent): void;
  /** A comment line: nothing new, but the connection lives. */
  onHeartbeat(): void;
}

export class SseParser {
  private buffer = '';
  private event = '';
  private data: string[] = [];
  private id = '';
  private readonly handler: SseHandler;

  constructor(handler: SseHandler) {
    this.handler = handler;
  }

  feed(text: string): void {
    this.buffer += text;
    for (;;) {
      const end = this.buffer.search(/\r\n|\n|\r(?!$)/);
      if (end < 0) return;
      const line = this.buffer.slice(0, end);
      this.buffer = this.buffer.slice(end + (this.buffer.startsWith('\r\n', end) ? 2 : 1));
      this.line(line);
    }
  }

  private line(line: string): void {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return this.handler.onHeartbeat();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.event = value;
    else if (field === 'data') this.data.push(value);
    else if (field === 'id') this.id = value;
  }

  private dispatch(): void {
    if (this.data.length > 0) {
      this.handler.onEvent({ id: this.id, event: this.event || 'message', data: this.data.join('\n') });
    }
    this.event = '';
    this.data = [];
  }
}
