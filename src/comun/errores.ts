/**
 * Errors of the domain: what rules and services throw and only the edge (`src/web/errores.ts`) catches.
 * Each carries a Spanish sentence a person can act on, the kind of notice and the HTTP status (pte.md §1.4).
 */

/** Kind of notice the page shows (core.md §1.2). */
export type TipoAviso = 'exito' | 'error' | 'advertencia' | 'proceso'

interface Opciones {
  /** Which notice the page shows. */
  tipoAviso?: TipoAviso | undefined
  /** Field name -> message; the page marks the fields and focuses the first. */
  campos?: Record<string, string> | undefined
  /** Machine word for the page, e.g. `SESION`. */
  codigo?: string | undefined
  /** Keys of its own that travel in the envelope beside `detalles`. */
  extra?: Record<string, unknown> | undefined
}

/** Base of every expected refusal; anything else that is thrown is a fault of ours (500). */
export class ErrorDeDominio extends Error {
  readonly estado: number
  readonly tipoAviso: TipoAviso
  readonly detalles: string
  readonly campos: Record<string, string> | undefined
  readonly codigo: string | undefined
  readonly extra: Record<string, unknown> | undefined

  constructor(estado: number, detalles: string, opciones: Opciones = {}) {
    super(detalles)
    this.name = new.target.name
    this.estado = estado
    this.detalles = detalles
    this.tipoAviso = opciones.tipoAviso ?? 'error'
    this.campos = opciones.campos
    this.codigo = opciones.codigo
    this.extra = opciones.extra
  }
}

/** 400: missing, malformed or out-of-catalogue data. */
export class DatosInvalidos extends ErrorDeDominio {
  constructor(detalles: string, opciones: Opciones & { tipoAviso?: 'error' | 'advertencia' | undefined } = {}) {
    super(400, detalles, opciones)
  }
}

/** 401: there is no session, or it ended. */
export class SesionExpirada extends ErrorDeDominio {
  constructor() {
    super(401, 'Tu sesión ha expirado. Inicia sesión de nuevo.', { tipoAviso: 'advertencia', codigo: 'SESION' })
  }
}

/** 403: the person is known and may not do this. */
export class SinPermiso extends ErrorDeDominio {
  constructor(detalles = 'No tienes permisos para realizar esta acción.', opciones: Opciones = {}) {
    super(403, detalles, opciones)
  }
}

/** 404: the record does not exist or is logically deleted. */
export class NoEncontrado extends ErrorDeDominio {
  constructor(detalles: string, opciones: Opciones = {}) {
    super(404, detalles, opciones)
  }
}

/** 409: a duplicate, or the state of the record does not allow it. */
export class Conflicto extends ErrorDeDominio {
  constructor(detalles: string, opciones: Opciones = {}) {
    super(409, detalles, { ...opciones, tipoAviso: opciones.tipoAviso ?? 'advertencia' })
  }
}

/** 413: body or file over the limit. */
export class ArchivoMuyGrande extends ErrorDeDominio {
  constructor(detalles: string, opciones: Opciones = {}) {
    super(413, detalles, opciones)
  }
}

/** 415: a kind of content we do not read. */
export class TipoNoAdmitido extends ErrorDeDominio {
  constructor(detalles: string, opciones: Opciones = {}) {
    super(415, detalles, opciones)
  }
}

/** 429: too many attempts in too little time. */
export class DemasiadosIntentos extends ErrorDeDominio {
  constructor(detalles = 'Demasiados intentos. Espera unos minutos y vuelve a intentarlo.', opciones: Opciones = {}) {
    super(429, detalles, { ...opciones, tipoAviso: opciones.tipoAviso ?? 'advertencia' })
  }
}
