import * as z from 'zod';
import { provisioningAnswerRows } from './provisioning-answers.data.ts';
import { assumed, type BehaviourRows } from './row.ts';

const effects = ['thing', 'policies', 'attachment', 'status'] as const;

/** Fleet provisioning over MQTT: requests, tokens, hooks, effects and answers. */
export const provisioningRows = {
  ...provisioningAnswerRows,
  'provisioning.claim-of-custom-authentication': assumed(
    z.enum(['principal', 'refused']),
    'principal',
    'A connection that a custom authorizer let in is served as its policies allow, and the hook is told its principal as claimCertificateId.',
  ),
  'provisioning.answer-qos': assumed(z.literal([0, 1]), 1, 'Answers are published at QoS 1.'),
  'provisioning.wildcards-bring-answers': assumed(
    z.boolean(),
    true,
    'Answers come on wildcard subscriptions below `$aws/certificates/` and `$aws/provisioning-templates/`, too.',
  ),
  'provisioning.unknown-members-are-tolerated': assumed(
    z.boolean(),
    true,
    'Members of a request that the operation does not know are ignored.',
  ),
  'provisioning.cbor-indefinite-lengths': assumed(z.boolean(), true, 'CBOR maps and lists of indefinite length are accepted.'),
  'provisioning.token-bound-to': assumed(
    z.enum(['account', 'claim', 'connection']),
    'account',
    'Any connection that may publish to the template may redeem a token, whichever claim or connection asked for it.',
  ),
  'provisioning.token-works-again-after-success': assumed(z.boolean(), false, 'A token is good for one success.'),
  'provisioning.token-works-again-after-failure': assumed(z.boolean(), true, 'A token whose request was refused may be used again.'),
  'provisioning.hook-retries': assumed(z.int().min(0).max(3), 0, 'A hook that fails is not called again.'),
  'provisioning.hook-accepts-text-true': assumed(
    z.boolean(),
    false,
    'Only the boolean true admits; the text "true" of the developer guide does not.',
  ),
  'provisioning.hook-overrides-are-required': assumed(z.boolean(), false, 'A hook may leave parameterOverrides out.'),
  'provisioning.undeclared-parameters': assumed(
    z.enum(['accepted', 'refused']),
    'accepted',
    'Parameters that the template does not declare are accepted, and may be referred to as the developer guide does.',
  ),
  'provisioning.reserved-parameters': assumed(
    z.enum(['ignored', 'accepted']),
    'ignored',
    'Parameters of the device or the hook whose names begin with `AWS::` are ignored.',
  ),
  'provisioning.effects-order': assumed(
    z.array(z.enum(effects)).refine((order) => order.length === effects.length && effects.every((effect) => order.includes(effect))),
    [...effects],
    'The effects come in the order that the developer guide gives for just-in-time provisioning: thing, policies, attachment, certificate status.',
  ),
  'provisioning.partial-effects-stay': assumed(
    z.literal(true),
    true,
    'What was done before a failing effect stays, and the certificate stays PENDING_ACTIVATION until its token expires.',
  ),
  'provisioning.configuration-when-absent': assumed(
    z.enum(['empty', 'absent']),
    'empty',
    'Without a section DeviceConfiguration the answer has an empty `deviceConfiguration`.',
  ),
  'provisioning.thing-name-when-absent': assumed(
    z.enum(['absent', 'empty']),
    'absent',
    'Without a thing in the template the answer has no `thingName`.',
  ),
} as const satisfies BehaviourRows;
