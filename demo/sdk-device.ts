import { spawn } from 'node:child_process';
import { join } from 'node:path';

const example = join(import.meta.dirname, '../examples/aws-iot-device-sdk-v2/onboard.ts');

/** Runs the example device, which is built on AWS's own device SDK and knows nothing of Muster; resolves with what it printed. */
export const runSdkDevice = (
  localFile: string,
  device: {
    readonly line: string;
    readonly serial: string;
    readonly mqtt: '3.1.1' | '5';
    /** The key that it was made with, in PEM; else the one that the file names for the serial number, or a new one. */
    readonly key?: string;
  },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        example,
        '--local',
        localFile,
        '--line',
        device.line,
        '--serial',
        device.serial,
        '--mqtt',
        device.mqtt,
        ...(device.key === undefined ? [] : ['--key', device.key]),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve(output.join('').trim());
      else reject(new Error(`The SDK device "${device.serial}" ended with exit code ${String(exitCode)}: ${errors.join('')}`));
    });
  });
