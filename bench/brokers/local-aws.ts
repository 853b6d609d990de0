// The broker of the local AWS, with a registered certificate whose policy is evaluated at every packet.
import { AttachPolicyCommand, CreateCertificateFromCsrCommand, CreatePolicyCommand, IoTClient } from '@aws-sdk/client-iot';
import { startLocalAws } from '../../local/main.ts';
import { serveUntilInputEnds } from './announcement.ts';
import { makeClientKey } from './own-certificates.ts';

// AWS's rates would be all that is measured.
const local = await startLocalAws({ iotSettings: { brokerRates: 'off' } });
const { endpoint, account, credentials } = local;
const iot = new IoTClient({ endpoint, region: account.region, credentials });

const arn = (resource: string): string => `arn:aws:iot:${account.region}:${account.accountId}:${resource}`;
// As many statements as a device's policy has, with a variable in each.
const policyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'iot:Connect', Resource: arn('client/bench-*') },
    { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: arn('topic/bench/${iot:ClientId}/*') },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: arn('topicfilter/bench/${iot:ClientId}/*') },
  ],
});
await iot.send(new CreatePolicyCommand({ policyName: 'bench', policyDocument }));
// The key's kind decides what a handshake costs: the same as with the peers, and as devices have.
const { privateKey, csrPem } = await makeClientKey();
const { certificateArn, certificatePem } = await iot.send(
  new CreateCertificateFromCsrCommand({ certificateSigningRequest: csrPem, setAsActive: true }),
);
if (certificatePem === undefined) throw new Error('The local AWS made no certificate');
await iot.send(new AttachPolicyCommand({ policyName: 'bench', target: certificateArn }));
iot.destroy();

serveUntilInputEnds(
  {
    port: local.mqtt.port,
    rootCa: local.rootCa,
    serverName: local.services.iot.dataEndpoint,
    certificate: certificatePem,
    privateKey,
  },
  () => local.stop(),
);
