import { localhostCertificate } from '../../../packages/node/src/certificates.test-helper.ts';

export { localhostCertificate, otherCertificate } from '../../../packages/node/src/certificates.test-helper.ts';

/** What opens the encrypted ones. */
export const passphrase = 'kelp';

/** The localhost certificate with its key encrypted: PKCS #8 with AES-256. */
export const encryptedKey = {
  cert: localhostCertificate.cert,
  key: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhjzYQiz92w2AICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEP0aIcSFY5GyShIL+shPs1oEgZDk
wkoUPZPYCJx4+/aDI2SUtY77z2BmialdeJNWlgBc/1PwfaoDa1FFIiSuqU072t+Z
BlskX7J/dc74OAEyLXUUxAydFxNVdeL9fr6Oa5e/qHP8fu5rR0i8Gxv+O1bXwRMJ
mN4L+cOLdvgXUp39d6vNXcj3MjTi4+Q6G1pBq99x41OXim4jtQvEVrwENLqV980=
-----END ENCRYPTED PRIVATE KEY-----
`,
};

/** Both in one file: PKCS #12 with AES-256. */
export const pfx = Buffer.from(
  `
    MIIEPAIBAzCCA/IGCSqGSIb3DQEHAaCCA+MEggPfMIID2zCCApIGCSqGSIb3DQEHBqCCAoMwggJ/AgEAMIICeAYJKoZIhvcN
    AQcBMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg5Px2i6+7CTgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQME
    ASoEEGyLmxVvVRO2mhvUQy9+FxuAggIQPa/jpU19arUXVXJuwGLVHv7bBBwPNwxp5ttqDg3R8lrtdnDrmU6zIACOtJajfg/i
    WRneUBpk2vpgv91OvwmsHGiLPbEj36rzbWgKSX3pgZKWZgnyBoaA5jlFzqSauk79Ai/RwN5raazWlBZ5GeDAmmwTPSZKVPCS
    R9Pg+JCt0NkfDv0Ut6k1aOhewkBPjL81WsuhEQ8ibIbtEGc82yrRMjvClYnIUMy96GpKeCCDSec80CJeZdc2Y8eL9hve0hoV
    uZo99NVHkdbUYoDTShH+TqfOp7MO9pozb24lpXoWX6zviDeuuNL30cqn9W54gGtiS+NczsG2qvTcplD30waftmBYi8/aZ+E4
    Jw1yCWxVBmkV+uWHS6QoD17rtROskHydQRLRdeQFk2QzVkxVRJ8zNEv5LOQLAdfg3x3Dv161ZvVsdqHH0ojRCnIXybBzOurG
    JnVwBgRNPQKQrFoxoBZcYRjLQicCg84buGyfFJ+RnHC6Wna4C9TxD39d0d+1idPsSieSlppp5bGWmQElBqK01tgbFHVaTgFt
    51PvdtUUsWmxbDIAtUMNdaRoE6t5PdPAZ1h3Rsabl4o93w2fsRnc0kEMvVJiFRtXrWs9E08GQV93XEub5qOq1BVwhSKJq+st
    Kl35q5oZtKaPFk/kJkC9Yd0MFni3gAY3BZhsC70NUylrfjBwOSwCF722Si0tjDr1MIIBQQYJKoZIhvcNAQcBoIIBMgSCAS4w
    ggEqMIIBJgYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECF7hN6I86OtFAgIIADAM
    BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQvFHyvhM6BKBxO9/QdTD17wSBkB0uPtdbxE/zBMaJ8K+IZI4iCIVZzZ2VRCon
    b1q4tl5qwjKAS7XlKKJxbyrD7/AgEMebI0+hRU9WjkSA5mtZ/Bc5RfEttM4WtGicMuFD1BOASwlZJ5jcIDfXdKEy21+nPxVW
    +0Wcexj5Y3VrECb9R/MldShiYxKs89A/34yvNlNcW94FC/nD35wuoszeAA+bTjElMCMGCSqGSIb3DQEJFTEWBBTuOTGCxCew
    yFchurKwyr54pfHl+jBBMDEwDQYJYIZIAWUDBAIBBQAEIJS1a59ptxm7Sp3tiOJvEMuqkQjpt10w53RgWwd+60GGBAi2JCyf
    RXu9xAICCAA=
`,
  'base64',
);
