import { synthesize } from '../setup/app.ts';
import { policyNamed, said } from './intents.ts';

const CREATE = '$aws/certificates/create-from-csr/json';
const REGISTER = '$aws/provisioning-templates/muster-sensor/provision/json';

// The sample that AWS publishes allows `create/*`: it misses `create-from-csr` and hands out keys that were made in the cloud.
describe('A claim', () => {
  const policy = policyNamed(synthesize().records, 'muster-claim-sensor');

  test('may connect under its own prefix, which no thing name can have', () => {
    expect(said(policy, 'Allow', 'iot:Connect')).toEqual(['client/muster-claim-sensor-*']);
  });

  test('may ask for a certificate and to be registered, and for nothing else', () => {
    expect(said(policy, 'Allow', 'iot:Publish')).toEqual([`topic/${CREATE}`, `topic/${REGISTER}`]);
  });

  test('may listen to the four answers', () => {
    const answers = [`${CREATE}/accepted`, `${CREATE}/rejected`, `${REGISTER}/accepted`, `${REGISTER}/rejected`];
    expect(said(policy, 'Allow', 'iot:Subscribe')).toEqual(answers.map((topic) => `topicfilter/${topic}`));
    expect(said(policy, 'Allow', 'iot:Receive')).toEqual(answers.map((topic) => `topic/${topic}`));
  });
});
