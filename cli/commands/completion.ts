import { Argument, Command } from 'commander';
import * as z from 'zod/mini';
import type { CommandContext } from '../command-context.ts';
import { candidatesFor } from '../completion/candidates.ts';
import { namesIn } from '../completion/names.ts';
import { completionScripts } from '../completion/scripts.ts';
import { visible } from '../output/visible-text.ts';

const shells = ['bash', 'zsh', 'fish'] as const satisfies readonly (keyof typeof completionScripts)[];

const HELP = `
bash: source <(muster completion bash)          in ~/.bashrc
zsh:  source <(muster completion zsh)           in ~/.zshrc, after compinit
fish: muster completion fish | source           in ~/.config/fish/config.fish`;

/** `muster completion`: what a shell loads to complete commands, options, and the names of the configuration. */
export const completionCommand = ({ terminal }: CommandContext): Command =>
  new Command('completion')
    .description('Prints what a shell loads to complete commands, options, and the names of lines, tenants and scopes.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', HELP)
    .action((shell: unknown) => {
      terminal.out(completionScripts[z.parse(z.enum(shells), shell)].trimEnd());
    });

/** `muster complete`: what the scripts ask. It answers with nothing rather than with an error in the middle of somebody's typing. */
export const completeCommand = ({ terminal, configuration }: CommandContext, program: () => Command): Command =>
  new Command('complete').argument('[words...]').action(async (words: readonly string[]) => {
    const names = await configuration().then(namesIn, () => new Map<string, readonly string[]>());
    for (const { value, description } of candidatesFor(program(), words, names)) terminal.out(`${value}\t${visible(description)}`);
  });
