import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop'
import IconKeyboard from '@tabler/icons-react/icons/IconKeyboard'
import IconLogout from '@tabler/icons-react/icons/IconLogout'
import { useMeta } from '../api/meta.ts'
import { useLogout } from './session.ts'
import styles from './UserMenu.module.css'

/** Who is logged in, and the way out. */
export function UserMenu() {
  const { user } = useMeta()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const logout = useLogout()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={styles.target} aria-label={`Account of ${user.display}`}>
          <span className={styles.avatar} aria-hidden>
            {initials(user.display || user.username)}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={styles.name}>{user.display}</span>
          {user.superuser && <span> Administrator</span>}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconDeviceDesktop size={15} />}
          onClick={() => setColorScheme('auto')}
          disabled={colorScheme === 'auto'}
        >
          Follow the system's theme
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={15} />}
          onClick={() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' }))}
        >
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={logout}>
          Log out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/)
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}
