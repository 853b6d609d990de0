#!/usr/bin/env node
import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { version } from '../control/version.ts';

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535; 0 picks a free one.');
};

interface Options {
  readonly port: number;
  readonly mqttPort: number;
  readonly customAuthPort: number;
  readonly httpsPort: number;
  readonly accountId: string;
  readonly region: string;
  readonly json?: true;
}

const command = new Command('muster-local-aws')
  .description('Runs a local AWS until it is interrupted. Its state is in memory.')
  .version(version)
  .option('--port <port>', 'of the HTTP endpoint', port, 0)
  .option('--mqtt-port <port>', 'of MQTT with client certificates', port, 0)
  .option('--custom-auth-port <port>', 'of MQTT with the authentication chosen by ALPN', port, 0)
  .option('--https-port <port>', 'of publishing by HTTPS with client certificates', port, 0)
  .option('--account-id <id>', 'twelve digits', '123456789012')
  .option('--region <region>', 'of every ARN and endpoint name', 'us-east-1')
  .option('--json', 'print one JSON object instead of `export` lines')
  .parse();

const { json, ...options } = command.opts<Options>();
// Only now: telling the version or the options should not load an AWS.
const { startLocalAws } = await import('./index.ts');
const aws = await startLocalAws(options);
const facts = { environment: aws.environment, mqtt: aws.mqtt, https: aws.https, rootCa: aws.rootCa };
if (json === true) process.stdout.write(`${JSON.stringify(facts)}\n`);
else for (const [name, value] of Object.entries(aws.environment)) process.stdout.write(`export ${name}='${value}'\n`);
process.stderr.write(
  `MQTT with client certificates: 127.0.0.1:${aws.mqtt.port}; with the authentication chosen by ALPN: 127.0.0.1:${aws.mqtt.customAuthPort}; publishing by HTTPS: 127.0.0.1:${aws.https.port}.\n` +
    `Its root certificate: curl -so root-ca.pem ${aws.endpoint}/_local/root-ca.pem\n`,
);
process.stderr.write('The local AWS is running. Set these variables where you work with it; end it with Ctrl-C.\n');
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await aws.stop();
