/** What the log keeps of one request, one faulted MQTT packet or one faulted invocation. */
export interface LoggedRequest {
  /** As the response gave it, so that a program's own log and this one can be joined. */
  readonly requestId: string;
  /** ISO 8601, on the clock of the local AWS. */
  readonly at: string;
  /** `mqtt` and `lambda-run` stand there only when a fault struck. */
  readonly service: string;
  readonly operation: string;
  /** The topic of an MQTT packet. */
  readonly resource?: string;
  /** ARN or access key; a client id; nobody for an invocation. */
  readonly caller: string;
  /** HTTP status; 0 when no answer went out. */
  readonly status: number;
  readonly errorCode?: string;
  /** Real milliseconds, whatever the clock says. */
  readonly durationMs: number;
  /** The fault that struck. */
  readonly faultId?: string;
  /** What the fault did, e.g. `lose-reply`. */
  readonly effect?: string;
}

/** Which entries are wanted; what is absent lets all through. */
export interface LogQuery {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  /** Only those that were refused or never answered. */
  readonly onlyFailures?: boolean | undefined;
  /** The newest so many. */
  readonly limit?: number | undefined;
}

/** The last requests, the oldest first; older ones are forgotten. */
export class RequestLog {
  readonly #capacity: number;
  readonly #ring: LoggedRequest[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(entry: LoggedRequest): void {
    this.#ring[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  list({ service, operation, onlyFailures = false, limit = this.#capacity }: LogQuery = {}): readonly LoggedRequest[] {
    const isWanted = (entry: LoggedRequest): boolean =>
      (service === undefined || entry.service === service) &&
      (operation === undefined || entry.operation === operation) &&
      (!onlyFailures || entry.status === 0 || entry.status >= 400);
    const inOrder = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
    return inOrder.filter(isWanted).slice(-limit);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#next = 0;
  }
}
