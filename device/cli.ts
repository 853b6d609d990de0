#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { exitCodes } from './outcome.ts';
import { runRotate } from './rotation/run-rotate.ts';
import { runOnboard } from './onboarding/run-onboard.ts';
import { runRecover } from './recovery/run-recover.ts';
import { runStay } from './staying/run-stay.ts';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('muster-device').description('Gives a device a credential of its own.').exitOverride();

program
  .command('onboard', { isDefault: true })
  .description(
    'Onboards this device with a claim, or with a credential file. Safe to run at any time and again: it goes on where it was cut off.',
  )
  .option('--serial <serial>', 'the serial number that this device was born with; needed with a claim')
  .option('--credential-file <file>', 'what this device proves itself with whenever it connects, instead of a claim; with mode 0600')
  .option('--claim <file>', 'the claim, as "muster claims create" wrote it: <name>.claim.json')
  .option('--claim-certificate <file>', "the claim's certificate, in PEM")
  .option('--claim-key <file>', "the claim's private key, in PEM, with mode 0600")
  .option('--line <line>', 'the product line of the claim')
  .option('--template <name>', 'the provisioning template')
  .option('--client-id-prefix <prefix>', 'what the client id of a claim connection begins with')
  .option('--enrollment-code <code>', 'the code that lets this device in once')
  .option('--device-secret-file <file>', "this device's own secret, in hexadecimal digits or base64, with mode 0600")
  .option('--vendor-certificate <file>', "this device's certificate from its maker and those up to the maker's CA, in PEM, its own first")
  .option('--vendor-key <file>', 'the private key of that certificate, in PEM, with mode 0600')
  .option('--endpoint <host[:port]>', 'the AWS IoT data endpoint; port 8883 unless given, and with 443 by ALPN; 443 with a credential file')
  .option('--state <directory>', 'where key, certificate and progress are kept', 'muster-device')
  .option('--ca <file>', 'the roots that vouch for the endpoint, instead of the Amazon roots')
  .option('--server-name <name>', 'the name to find in the server certificate, when it is not the host')
  .option('--mqtt-version <version>', '5 or 3.1.1', '5')
  .option('--approach <name>', 'how this device proves who it is: pki unless the credential file says otherwise')
  .option('--key <kind>', 'ec-p256, ec-p384, rsa-2048 or rsa-3072, when there is no key yet', 'ec-p256')
  .option('--timeout <duration>', 'how long to try, e.g. 90s or 10m', '5m')
  .option(
    '--approval-wait <duration>',
    "how long to wait for an operator's approval, e.g. 7d, or 0s; 7d where the claim says that it takes one",
  )
  .option('--no-verify', 'when onboarded already, end without connecting')
  .option('--delete-claim', 'delete the claim once the new credential is in place', false)
  .option('--json', 'print the result as one JSON object on stdout', false)
  .addHelpText(
    'after',
    '\nExit codes: 0 onboarded, 75 try again, 77 refused or not approved in time, 78 bad local set-up.\nThere are other commands: muster-device stay --help, muster-device rotate --help, muster-device recover --help',
  )
  .action(async (options: Readonly<Record<string, unknown>>) => {
    process.exitCode = await runOnboard(options, {
      out: (line) => process.stdout.write(`${line}\n`),
      error: (line) => process.stderr.write(`${line}\n`),
    });
  });

program
  .command('rotate')
  .description(
    'Replaces the certificate of this device, or the key in its credential file, where a job of AWS IoT asks for that. Safe to run at any time and again: it goes on where it was cut off, and until the cloud has taken the new one for good the device keeps both.',
  )
  .option('--state <directory>', 'where key, certificate and progress are kept', 'muster-device')
  .option('--credential-file <file>', 'what this device proves itself with whenever it connects; with mode 0600; it is written to')
  .option('--serial <serial>', 'the serial number, where the name in the credential file does not tell it')
  .option('--endpoint <host[:port]>', 'the AWS IoT data endpoint, instead of the one that the device knows')
  .option('--ca <file>', 'the roots that vouch for the endpoint, instead of the Amazon roots')
  .option('--server-name <name>', 'the name to find in the server certificate, when it is not the host')
  .option('--mqtt-version <version>', '5 or 3.1.1', '5')
  .option('--key <kind>', 'ec-p256, ec-p384, rsa-2048 or rsa-3072, for the next key', 'ec-p256')
  .option('--timeout <duration>', 'how long to try, e.g. 90s or 10m', '5m')
  .option('--json', 'print the result as one JSON object on stdout', false)
  .addHelpText(
    'after',
    '\nExit codes: 0 rotated, nothing to do, or the rotation was called off; 75 try again, 77 refused, 78 bad local set-up.',
  )
  .action(async (options: Readonly<Record<string, unknown>>) => {
    process.exitCode = await runRotate(options, {
      out: (line) => process.stdout.write(`${line}\n`),
      error: (line) => process.stderr.write(`${line}\n`),
    });
  });

const stop = new AbortController();

program
  .command('stay')
  .description(
    'Keeps this device connected by its credential file. Messages to publish are read from stdin, those received are written to stdout, as JSON lines.',
  )
  .requiredOption('--credential-file <file>', 'what this device proves itself with whenever it connects; with mode 0600')
  .option('--subscribe <filter>', "what to listen to, as often as needed; the device's commands unless given", collect, [])
  .option('--rotate', 'replace the key in the credential file when a job of AWS IoT asks for that; the line must rotate', false)
  .option('--keep-session <duration>', 'how long the cloud keeps messages while this device is away', '1h')
  .option('--serial <serial>', 'the serial number, where the name in the credential file does not tell it')
  .option('--endpoint <host[:port]>', "the AWS IoT data endpoint, instead of the credential file's; port 443 unless given")
  .option('--state <directory>', 'where progress is kept', 'muster-device')
  .option('--ca <file>', 'the roots that vouch for the endpoint, instead of the Amazon roots')
  .option('--server-name <name>', 'the name to find in the server certificate, when it is not the host')
  .option('--mqtt-version <version>', '5 or 3.1.1', '5')
  .option('--approach <name>', 'how this device proves who it is; must be what the credential file says')
  .option('--timeout <duration>', 'how long to try to be let in for the first time, e.g. 90s or 10m', '5m')
  .addHelpText(
    'after',
    '\nEnds on SIGINT and SIGTERM. Exit codes: 0 all was sent, 75 try again or messages were lost, 77 refused, 78 bad local set-up.',
  )
  .action(async (options: Readonly<Record<string, unknown>>) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        stop.abort('told to');
      });
    // Whoever read the messages has gone: what is not read is not acknowledged.
    process.stdout.once('error', () => {
      stop.abort('nobody reads');
    });
    process.exitCode = await runStay(options, {
      input: process.stdin,
      output: process.stdout,
      error: (line) => process.stderr.write(`${line}\n`),
      stop: stop.signal,
    });
  });

program
  .command('recover')
  .description('Gets another certificate for the key of this device, by a ticket, when the one that it has is over. Safe to run again.')
  .requiredOption('--ticket <file>', 'the ticket, as "muster devices recover" wrote it, with mode 0600; it opens one connection')
  .option('--state <directory>', 'where key, certificate and progress are kept', 'muster-device')
  .option('--endpoint <host[:port]>', 'where the ticket is shown, instead of where it says; port 443 unless given')
  .option('--ca <file>', 'the roots that vouch for the endpoint, instead of the Amazon roots')
  .option('--server-name <name>', 'the name to find in the server certificate, when it is not the host')
  .option('--mqtt-version <version>', '5 or 3.1.1', '5')
  .option('--timeout <duration>', 'how long to try, e.g. 90s or 10m', '5m')
  .addHelpText('after', '\nExit codes: 0 onboarded, 75 try again, 77 refused: another ticket is needed, 78 bad local set-up.')
  .action(async (options: Readonly<Record<string, unknown>>) => {
    process.exitCode = await runRecover(options, {
      out: (line) => process.stdout.write(`${line}\n`),
      error: (line) => process.stderr.write(`${line}\n`),
    });
  });

// Whoever asks for help without naming a command wants to know the options of the one that runs then.
program.helpOption(false);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; asking for help is nothing wrong.
  process.exitCode = error.exitCode === 0 ? 0 : exitCodes['bad-setup'];
}
