/**
 * What each shell must load to complete `muster`. All of them ask the program itself, so that they never know an older
 * version than the one that runs, nor other lines and tenants than the configuration has. Each line of its answer is a word, a
 * tab and what the word is for; no answer leaves the word to the shell, which offers files.
 */
export const completionScripts = {
  bash: `# muster completion for bash: source <(muster completion bash)
_muster_complete() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _muster_complete muster
`,
  zsh: `#compdef muster
# muster completion for zsh: source <(muster completion zsh), after compinit
_muster() {
  local line value
  local -a described
  while IFS= read -r line; do
    value="\${line%%$'\\t'*}"
    described+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#described} )); then _describe 'muster' described; else _files; fi
}
compdef _muster muster
`,
  fish: `# muster completion for fish: muster completion fish | source
function __muster_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found ($words[1] complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c muster -f -a '(__muster_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
