import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describeCdkCli } from './cdk-cli/describe-cdk-cli.ts';
import { openTarget } from './environment/target.ts';
import { runCdk } from './run-cdk.ts';

const target = await openTarget({ region: 'eu-central-1' });

describe('The unmodified CDK CLI', () => {
  // An account of somebody else's may have been bootstrapped before.
  if (!target.isForeign) {
    test('is refused a deployment before the account is bootstrapped', async () => {
      const app = join(import.meta.dirname, 'fixtures/sample-app/app.ts');
      const { exitCode, output } = await runCdk({ folder: tmpdir(), app, environment: target.environment }, 'deploy', '--all');
      expect({ exitCode, isExplained: /bootstrap/i.test(output) }).toEqual({ exitCode: 1, isExplained: true });
    });
  }

  describeCdkCli(target);
});
