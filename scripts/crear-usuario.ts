// Creates a person who can log in. The password comes from the first line of standard input, or is asked twice,
// hidden, on a terminal: never from an option, which other people of the machine could read.
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ejecutarComando } from '../src/comando.ts'
import { DatosInvalidos } from '../src/comun/errores.ts'
import { crearUsuario } from '../src/modulos/usuarios/index.ts'

await ejecutarComando(
  {
    nombre: 'crear-usuario',
    ayuda: 'Crea un usuario. La contraseña se lee de la primera línea de la entrada estándar, o se pide oculta.',
    opciones: {
      usuario: { tipo: 'texto', valor: 'NOMBRE', ayuda: 'nombre con el que entra' },
      correo: { tipo: 'texto', valor: 'CORREO', ayuda: 'correo, con el que también puede entrar' },
      grupo: { tipo: 'texto', valor: 'GRUPO', ayuda: 'administrador, operaciones, estimaciones o consulta' },
      nombre: { tipo: 'texto', valor: 'NOMBRE', ayuda: 'nombre de la persona (opcional)' },
      apellido: { tipo: 'texto', valor: 'APELLIDO', ayuda: 'apellido de la persona (opcional)' },
      superusuario: { tipo: 'bandera', ayuda: 'puede todo, esté o no en un grupo' },
    },
    json: true,
  },
  async ({ ctx, opciones, decir, entregar }) => {
    const { usuario = '', correo = '', grupo = '', superusuario } = opciones
    const faltan = [
      ...(usuario === '' ? ['--usuario=NOMBRE'] : []),
      ...(correo === '' ? ['--correo=CORREO'] : []),
      ...(grupo === '' && !superusuario ? ['--grupo=GRUPO'] : []),
    ]
    if (faltan.length > 0) throw new DatosInvalidos(`Falta ${faltan.join(', ')}.`)
    const id = await crearUsuario(ctx, {
      username: usuario,
      email: correo,
      firstName: opciones.nombre ?? '',
      lastName: opciones.apellido ?? '',
      clave: await leerClave(),
      grupos: grupo === '' ? [] : [grupo],
      esSuperusuario: superusuario,
    })
    decir(`Usuario «${usuario}» creado${superusuario ? ' como superusuario' : ` en el grupo ${grupo}`}.`)
    entregar({ id, usuario, correo, grupo: grupo === '' ? null : grupo, superusuario })
    return 0
  },
)

async function leerClave(): Promise<string> {
  if (!process.stdin.isTTY) {
    for await (const linea of createInterface({ input: process.stdin })) return linea
    throw new DatosInvalidos('Falta la contraseña: escríbela en la primera línea de la entrada estándar.')
  }
  const clave = await preguntarOculta('Contraseña: ')
  if (clave !== (await preguntarOculta('Otra vez: '))) throw new DatosInvalidos('Las dos contraseñas no coinciden.')
  return clave
}

/** Asks on the terminal without showing what is typed. */
function preguntarOculta(pregunta: string): Promise<string> {
  process.stderr.write(pregunta)
  const muda = new Writable({
    write(_trozo, _codificacion, listo) {
      listo()
    },
  })
  const lector = createInterface({ input: process.stdin, output: muda, terminal: true })
  return new Promise((cumplir, fallar) => {
    lector.on('SIGINT', () => {
      lector.close()
      fallar(new DatosInvalidos('Se canceló: no se creó ningún usuario.'))
    })
    lector.question('', (respuesta) => {
      lector.close()
      process.stderr.write('\n')
      cumplir(respuesta)
    })
  })
}
