import * as z from 'zod/mini';
import { systemClock } from '../clock.ts';
import { resultOfFailure } from '../failure.ts';
import { openFileKeyStore } from '../store/file-key-store.ts';
import { readTicket, ticketClaimSource } from './file-ticket-source.ts';
import type { KeyStore } from '../store/key-store.ts';
import { onboard } from '../onboarding/onboard.ts';
import { deviceOptions, parseOptions } from '../option-kinds.ts';
import { exitCodes, type Outcome } from '../outcome.ts';
import { ANSWER_MS, connectorOf, systemRandom, type Terminal } from '../program-ports.ts';
import { claimProverOf } from '../prover-of.ts';
import { recoveringStore } from './recovering-store.ts';
import { describeOutcome, describeProgress } from '../report.ts';

const schema = z.object({
  ticket: z.string(),
  ...deviceOptions,
});

/** `muster-device recover`, from its raw options to its exit code. */
export const runRecover = async (rawOptions: unknown, terminal: Terminal): Promise<number> => {
  const outcome = await recover(rawOptions, terminal);
  terminal.error(describeOutcome(outcome));
  return exitCodes[outcome.outcome];
};

const recover = async (rawOptions: unknown, terminal: Terminal): Promise<Outcome> => {
  try {
    const options = parseOptions(schema, rawOptions);
    const ticket = await readTicket(options.ticket);
    const store = await openFileKeyStore(options.state);
    const settings = {
      ...{ serialNumber: ticket.serialNumber, timeoutMs: options.timeout, answerMs: ANSWER_MS, keyKind: 'ec-p256' as const },
      ...{ verifies: true, forgetsClaim: false, ...(await endpointIn(store)) },
    };
    return await onboard(settings, {
      store: recoveringStore(store),
      claim: ticketClaimSource(ticket, options),
      prover: claimProverOf('pki'),
      connector: await connectorOf(options),
      clock: systemClock,
      random: systemRandom,
      notify: (progress) => {
        terminal.error(describeProgress(progress));
      },
    });
  } catch (error) {
    const result = resultOfFailure(error);
    return result.outcome === 'retry' ? { outcome: result.ending, message: result.message } : result;
  }
};

// The ticket is shown at a port of its own; with its certificate the device goes on connecting where it did.
const endpointIn = async (store: KeyStore): Promise<{ readonly endpoint?: string }> => {
  const record = await store.readRecord();
  if (record?.stage !== 'onboarded' && record?.stage !== 'registered') return {};
  const { endpoint: before } = record.registration;
  return before === '' ? {} : { endpoint: before };
};
