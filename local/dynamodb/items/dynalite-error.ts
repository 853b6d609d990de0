import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';

const refusal = z.object({
  statusCode: z.int(),
  body: z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() }),
});

/** dynalite's refusals carry the body that it would send; anything else is a fault and stays one. */
export const fromDynalite = (thrown: unknown): Error => {
  const parsed = refusal.safeParse(thrown);
  if (!parsed.success) return thrown instanceof Error ? thrown : new Error('dynalite failed', { cause: thrown });
  const { statusCode, body } = parsed.data;
  return new AwsError(body.__type.split('#').at(-1) ?? body.__type, body.message ?? body.Message ?? '', { status: statusCode });
};
