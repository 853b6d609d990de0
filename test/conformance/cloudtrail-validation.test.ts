import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { isJsonObject } from '../../local/json-object.ts';
import { RunningClock } from '../../local/running-clock.ts';
import { RunningAws } from '../local/control/running-aws.ts';
import { type NeededProgram, describeWhereInstalled } from '../setup/describe-where-installed.ts';
import { TrailWorld } from './trail-world.ts';

const run = promisify(execFile);

// Older ones ask S3 at the address of AWS, whatever AWS_ENDPOINT_URL says.
const cli: NeededProgram = {
  ...{ name: 'aws', needs: 'the AWS CLI from 1.29 or 2.13' },
  suits: (answer) => {
    const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(answer) ?? [];
    return Number(minor) >= (major === '1' ? 29 : 13);
  },
};

// Each `aws` starts an interpreter, which takes seconds where others work, too.
jest.setTimeout(180_000);

describeWhereInstalled(cli, 'The AWS CLI, which validates the files of a trail by itself', () => {
  const clock = new RunningClock();
  const startedAt = new Date(Date.now() - 3_600_000).toISOString();
  let local: RunningAws;
  let world: TrailWorld;
  beforeAll(async () => {
    local = await RunningAws.start({ clock });
    world = await TrailWorld.open(local.aws);
    await world.log();
    const iot = new IoTClient(local.config);
    for (const thingName of ['first', 'second']) {
      await iot.send(new CreateThingCommand({ thingName }));
      clock.advance(3_600_000);
    }
    iot.destroy();
  });
  afterAll(async () => {
    world.close();
    await local.stop();
  });

  const validate = async (): Promise<string> => {
    const { PATH, HOME = '/' } = process.env;
    const env = { PATH, HOME, ...local.aws.environment, AWS_PAGER: '', NO_PROXY: '127.0.0.1' };
    const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/all-of-it';
    const until = new Date(clock.now()).toISOString();
    const words = ['cloudtrail', 'validate-logs', '--trail-arn', arn, '--start-time', startedAt, '--end-time', until, '--verbose'];
    try {
      return (await run('aws', [...words, '--endpoint-url', local.aws.endpoint], { env })).stdout;
    } catch (error) {
      // It ends with 1 where something is not as it was delivered.
      return isJsonObject(error) ? `${String(error['stdout'])}${String(error['stderr'])}` : '';
    }
  };

  test('finds digests and files valid, until somebody changes a file', async () => {
    const before = await validate();
    expect(before).toMatch(/2\/2 digest files valid/);
    expect(before).toMatch(/(\d)\/\1 log files valid/);
    const [file] = await world.files('CloudTrail');
    await world.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key: file?.key, Body: gzipSync('{"Records":[]}') }));
    expect(await validate()).toMatch(/INVALID: hash value doesn't match/);
  });
});
