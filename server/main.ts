import { Command } from 'commander'
import { addChangePassword } from './commands/changepassword.ts'
import { addCheck } from './commands/check.ts'
import { addCreateSuperuser } from './commands/createsuperuser.ts'
import { addImportNetbox } from './commands/import-netbox.ts'
import { addImportTypes } from './commands/import-types.ts'
import { addMakeMigration } from './commands/makemigration.ts'
import { addMigrate } from './commands/migrate.ts'
import { addReindex } from './commands/reindex.ts'
import { addRebuildPrefixes } from './commands/rebuild-prefixes.ts'
import { addServe } from './commands/serve.ts'
import { addStart } from './commands/start.ts'
import { addTracePaths } from './commands/trace-paths.ts'
import { addWorker } from './commands/worker.ts'
import { report } from './report.ts'

const program = new Command('demarc')
  .description('The network source of truth.')
  .option('--config <file>', 'settings file, instead of demarc.yaml or DEMARC_CONFIG')
  .configureOutput({
    outputError: (text, write) =>
      write(
        `demarc: ${text
          .replace(/^error: /, '')
          .trim()
          .replace(/\s*\n\s*/g, ' ')}\n`,
      ),
  })

addStart(program)
addServe(program)
addWorker(program)
addMigrate(program)
addMakeMigration(program)
addCheck(program)
addCreateSuperuser(program)
addChangePassword(program)
addImportNetbox(program)
addTracePaths(program)
addImportTypes(program)
addReindex(program)
addRebuildPrefixes(program)
for (const command of program.commands) command.option('--config <file>', 'settings file')

process.on('uncaughtException', error => fail(error))

try {
  await program.parseAsync()
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  report(error)
  process.exit(1)
}
