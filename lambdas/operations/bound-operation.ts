import * as z from 'zod/mini';
import type { InputOf, OperationContract } from '../../domain/operation.ts';
import { OperationError } from '../../domain/operation-error.ts';
import { lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import type { OperationCall, Performer } from './operation-call.ts';
import { mistakesOf } from './input-mistakes.ts';

const subject = z.object({ line: z.exactOptional(lineName), serialNumber: z.exactOptional(serialNumber) });

/** The line and the device that an operation is about, where it is about any. */
export type OperationSubject = z.infer<typeof subject>;

/** A call that has been read and may be made. */
export interface ReadyOperation {
  /** What is asked for, in one spelling: what two people must agree on. */
  readonly canonicalInput: string;
  /** What it is about, as far as events have a word for it. */
  readonly subject: OperationSubject;
  /** What is answered, as the contract says it: what it does not name is left out. */
  perform(call: OperationCall): Promise<unknown>;
}

/** A contract and what fulfils it. */
export interface BoundOperation {
  readonly contract: OperationContract;
  /** @throws OperationError `ERR_INPUT` naming each mistake. */
  read(input: unknown): ReadyOperation;
}

export const bind = <Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  contract: OperationContract<Input, Output>,
  perform: Performer<OperationContract<Input, Output>>,
): BoundOperation => ({
  contract,
  read(raw) {
    const parsed = z.safeParse(contract.input, raw);
    if (!parsed.success) throw new OperationError('ERR_INPUT', mistakesOf(parsed.error, raw));
    const input: InputOf<OperationContract<Input, Output>> = parsed.data;
    return {
      canonicalInput: canonical(input),
      subject: subjectOf(input),
      perform: async (call) => z.parse(contract.output, await perform(input, call)),
    };
  },
});

const subjectOf = (input: unknown): OperationSubject => {
  const parsed = z.safeParse(subject, input);
  return parsed.success ? parsed.data : {};
};

/** JSON with the members of every object in the order of their names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
