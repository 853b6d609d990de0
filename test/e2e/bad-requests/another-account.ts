import { CreateKeysAndCertificateCommand, AttachPolicyCommand, CreatePolicyCommand, IoTClient } from '@aws-sdk/client-iot';
import { startLocalAws } from '../../../local/main.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { fleetProvisioningTopics } from '../../../domain/admission/fleet-provisioning-topics.ts';
import { MqttConnection } from '../drivers/mqtt-connection.ts';

const anything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:*', Resource: '*' } };

/** An ownership token that AWS IoT issued, to somebody else's account. */
export const tokenOfAnotherAccount = async (): Promise<string> => {
  const aws = await startLocalAws({ accountId: '999999999999' });
  const iot = new IoTClient({ endpoint: aws.endpoint, region: aws.account.region, credentials: aws.credentials });
  try {
    const { certificateArn, certificatePem = '', keyPair } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
    await iot.send(new CreatePolicyCommand({ policyName: 'anything', policyDocument: JSON.stringify(anything) }));
    await iot.send(new AttachPolicyCommand({ policyName: 'anything', target: certificateArn }));
    const identity = { certificatePem, privateKeyPem: keyPair?.PrivateKey ?? '' };
    const connection = await MqttConnection.open({ shared: aws, identity, clientId: 'elsewhere' });
    const { request, accepted } = fleetProvisioningTopics('any').createFromCsr;
    await connection.subscribe(accepted);
    await connection.publish(request, JSON.stringify({ certificateSigningRequest: requestPem() }));
    const { payload } = await connection.take();
    await connection.close();
    return (JSON.parse(payload) as { readonly certificateOwnershipToken: string }).certificateOwnershipToken;
  } finally {
    iot.destroy();
    await aws.stop();
  }
};
