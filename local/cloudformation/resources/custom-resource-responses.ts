import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Account } from '../../account.ts';
import type { ApiResponse } from '../../gateway/api-service.ts';
import type { UnsignedRequest } from '../../gateway/unsigned-request.ts';

// User Guide, "Custom resource response objects": at most 4,096 bytes.
const maxResponseBytes = 4096;

const schema = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string().min(1).max(1024).optional(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  NoEcho: z.boolean().optional(),
  Data: z.record(z.string(), z.unknown()).nullish(),
});

export type CustomResourceResponse = z.output<typeof schema>;

export type ResponseArrival =
  | { readonly isReadable: true; readonly response: CustomResourceResponse }
  | { readonly isReadable: false; readonly reason: string };

const read = (body: Buffer): ResponseArrival => {
  if (body.length > maxResponseBytes) return { isReadable: false, reason: 'Response object is too long.' };
  try {
    const parsed = schema.safeParse(JSON.parse(body.toString('utf8')));
    if (parsed.success) return { isReadable: true, response: parsed.data };
    return {
      isReadable: false,
      reason: `Invalid response object: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    };
  } catch {
    return { isReadable: false, reason: 'Invalid response object: it is no JSON.' };
  }
};

/** The answers that custom resources owe. Each URL can be used once. */
export class CustomResourceResponses {
  /** Where the answers arrive: the path of every response URL starts like this. */
  readonly prefix: string;
  readonly #waiting = new Map<string, (arrival: ResponseArrival) => void>();

  constructor({ accountId }: Account) {
    this.prefix = `/_cloudformation/response/${accountId}/`;
  }

  /** The path to put the answer to, and the answer. */
  expect(): { readonly path: string; readonly arrival: Promise<ResponseArrival>; readonly forget: () => void } {
    const path = `${this.prefix}${randomBytes(24).toString('base64url')}`;
    const { promise, resolve } = Promise.withResolvers<ResponseArrival>();
    this.#waiting.set(path, resolve);
    return { path, arrival: promise, forget: () => void this.#waiting.delete(path) };
  }

  /** The gateway's route for answers. */
  receive(request: UnsignedRequest): ApiResponse {
    const settle = this.#waiting.get(request.path);
    if (request.method !== 'PUT' || settle === undefined)
      return { status: 403, body: 'This response URL is not known, or it has been used.' };
    this.#waiting.delete(request.path);
    settle(read(request.body));
    return { status: 200 };
  }
}
