import { backoffMs } from '../backoff.ts';
import type { Dialogue } from '../mqtt/dialogue.ts';
import { exchange, type Question } from '../mqtt/exchange.ts';
import { judgeRejection, parseRejection, type Rejection } from './fleet-provisioning-answer.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import type { Onboarding } from './onboarding.ts';

export type Reply =
  | { readonly kind: 'accepted'; readonly payload: unknown }
  | { readonly kind: 'final'; readonly rejection: Rejection }
  | { readonly kind: 'stale-token' };

/**
 * Asks until there is a yes or a no. What AWS IoT is too busy for is asked again on the same connection, so that a throttled
 * registration does not cost another certificate; its quotas are ten and twenty requests a second for a whole account.
 * @throws MqttSessionError when the connection fails, or time is up.
 */
export const askPatiently = async (onboarding: Onboarding, dialogue: Dialogue, question: Question): Promise<Reply> => {
  const { clock, random, notify } = onboarding.ports;
  for (let failures = 0; ; failures += 1) {
    const { isAccepted, payload } = await exchange(dialogue, question);
    if (isAccepted) return { kind: 'accepted', payload };
    const rejection = parseRejection(payload);
    const judgement = judgeRejection(rejection);
    if (judgement === 'final') return { kind: 'final', rejection };
    if (judgement === 'stale-token') return { kind: 'stale-token' };
    const ms = backoffMs(failures, random.fraction);
    const because = `AWS IoT is busy: ${rejection.errorCode ?? rejection.statusCode ?? 'no reason given'}.`;
    if (clock.now() + ms >= onboarding.deadline) throw new MqttSessionError('busy', because);
    notify({ step: 'waiting', ms, because });
    await clock.sleep(ms);
  }
};
