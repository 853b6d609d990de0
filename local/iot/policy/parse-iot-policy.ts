import { AwsError } from '../../aws-error.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { createBehaviour } from '../behaviour/behaviour.ts';
import { iotGrammarBy, type PolicyBehaviour } from './iot-grammar.ts';

const defaults = createBehaviour();

/**
 * Reads the text of an AWS IoT policy; `behaviour` is the table of assumptions as it stands, unless given.
 * @throws AwsError `MalformedPolicyException` saying what is wrong and where
 */
export const parseIotPolicy = (text: string, behaviour: PolicyBehaviour = defaults): PolicyDocument =>
  parsePolicyDocument(text, iotGrammarBy(behaviour), ({ message, fault }) => {
    const code = fault.kind === 'length' ? behaviour['policy.too-long-refusal'] : 'MalformedPolicyException';
    return new AwsError(code, `Policy document is malformed at ${message}`);
  });
