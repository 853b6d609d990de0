import { Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../command-context.ts';
import { readOptions } from '../read-options.ts';
import { localControlCommands } from './local/control.ts';

const port = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(65_535));

const options = z.object({ port, mqttPort: port });

/** What `muster local` starts: an AWS on this machine. */
export interface RunningLocalAws {
  readonly environment: Readonly<Record<string, string>>;
  readonly endpoint: string;
  /** Ports for devices, on 127.0.0.1. */
  readonly mqtt: { readonly port: number; readonly customAuthPort: number };
  readonly https: { readonly port: number };
  stop(): Promise<void>;
}

export interface LocalPorts {
  readonly port: number;
  readonly mqttPort: number;
}

/** What a device needs, which no variable of the SDK carries. */
const forDevices = ({ endpoint, mqtt, https }: RunningLocalAws): string =>
  [
    `MQTT with client certificates: 127.0.0.1:${String(mqtt.port)}; with the authentication chosen by ALPN: 127.0.0.1:${String(mqtt.customAuthPort)}; publishing by HTTPS: 127.0.0.1:${String(https.port)}.`,
    `Its root certificate: curl -so root-ca.pem ${endpoint}/_local/root-ca.pem`,
  ].join('\n');

/** `muster local`: the local AWS by itself, with nothing deployed to it. */
export const localCommand = (
  { terminal, untilInterrupted }: CommandContext,
  start: (ports: LocalPorts) => Promise<RunningLocalAws>,
): Command => {
  const local = new Command('local')
    .description('Runs the local AWS until it is interrupted. Its state is in memory. With a command: controls one that runs.')
    .option('--port <port>', 'of the HTTP endpoint; 0 picks a free one', '0')
    .option('--mqtt-port <port>', 'of the MQTT broker; 0 picks a free one', '0')
    .action(async (raw: unknown) => {
      const running = await start(readOptions(options, raw));
      for (const [name, value] of Object.entries(running.environment)) terminal.out(`export ${name}='${value}'`);
      terminal.error(forDevices(running));
      terminal.error('The local AWS is running. Set these variables where you work with it; end it with Ctrl-C.');
      await untilInterrupted();
      await running.stop();
    });
  for (const command of localControlCommands(terminal)) local.addCommand(command);
  return local;
};
