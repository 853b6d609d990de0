import type { UnsignedRequest } from '../gateway/unsigned-request.ts';

export interface ControlAnswer {
  readonly status: number;
  /** Sent as JSON; absent with 204. */
  readonly body?: unknown;
  /** Sent as it is, in JSON's place. */
  readonly text?: string;
}

/** One request that the control endpoint takes. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** e.g. `/faults/{id}`, under the endpoint's prefix. */
  readonly path: string;
  /** What it does, for the list of routes. */
  readonly says: string;
  readonly handle: (request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;
}

export interface ControlRequest {
  /** Labels of the path. */
  readonly labels: Readonly<Record<string, string>>;
  /** Query parameters; of a repeated one the last. */
  readonly query: Readonly<Record<string, string>>;
  /** The body's JSON; `{}` when there is none. */
  readonly body: unknown;
  readonly raw: UnsignedRequest;
}
