// The story of Muster in about a minute: ten devices come in, five impostors do not, and the audit log knows why.
import { Listr } from 'listr2';
import { Expectations } from './expectations.ts';
import { closeFleet, openFleet } from './fleet.ts';
import { deployLocally } from './local-deployment.ts';
import { Story } from './story.ts';

const begunMs = performance.now();
const expectations = new Expectations();
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

say('Muster: devices that nobody has seen become known, authorized and audited members of a fleet.\n');

const deployed = Promise.withResolvers<Awaited<ReturnType<typeof deployLocally>>>();
await new Listr([
  {
    title: 'A local AWS starts, and the CDK CLI deploys Muster to it',
    task: async (_context, task) => {
      deployed.resolve(
        await deployLocally({
          onStep: (step) => {
            task.output = step;
          },
        }),
      );
    },
  },
]).run();

const deployment = await deployed.promise;
const fleet = await openFleet(deployment.local);
try {
  const story = await Story.open(fleet, expectations);
  await new Listr(story.chapters()).run();
} finally {
  await closeFleet(fleet);
  await deployment.stop();
}

say();
for (const { text, isMet, found } of expectations.all) say(`  ${isMet ? 'as expected' : 'NOT AS EXPECTED'}: ${text} (${found})`);
const { length: total } = expectations.all;
say(`\n${total - expectations.unmet.length} of ${total} expectations held, in ${((performance.now() - begunMs) / 1000).toFixed(0)} s.`);
process.exitCode = total > 0 && expectations.unmet.length === 0 ? 0 : 1;
