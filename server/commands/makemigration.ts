import type { Command } from 'commander'

/** `demarc makemigration`: for developers, after a change to a model. */
export function addMakeMigration(program: Command): void {
  program
    .command('makemigration')
    .argument('[name]', 'what it does, for the file name', 'change')
    .description('Write the migration that brings a database from the last migration to what the models say.')
    .action(async (name: string) => {
      const { makeMigration } = await import('@demarc/engine/schema')
      const { registry } = await import('@demarc/models')
      const { migrations } = await import('../migrations.ts')
      const file = makeMigration(registry, migrations, name.replace(/\W+/g, '_'))
      console.log(file ?? 'The migrations already say what the models do.')
    })
}
