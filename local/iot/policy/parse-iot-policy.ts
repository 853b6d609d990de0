import { AwsError } from '../../aws-error.ts';
import { parsePolicyDocument } from '../../policy/parse-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { iotGrammar } from './iot-grammar.ts';

/**
 * Reads the text of an AWS IoT policy. The code for a document that is too long is assumed.
 * @throws AwsError `MalformedPolicyException` saying what is wrong and where
 */
export const parseIotPolicy = (text: string): PolicyDocument =>
  parsePolicyDocument(
    text,
    iotGrammar,
    ({ message }) => new AwsError('MalformedPolicyException', `Policy document is malformed at ${message}`),
  );
