extension CrafterTiles {
  /// The colours by letter: red, green and blue as two hexadecimal digits each.
  static let palette = """
    k 101016
    K 302e34
    W fafafa
    w e2e0d8
    g 569c3e
    G 468632
    l 70b650
    u 2e68c8
    U 3e7ede
    v 7cb2f4
    s 848488
    S 707075
    t 98989c
    p 9e8668
    P 8e765a
    y e2d092
    Y d2be7e
    f 226028
    F 16461e
    e 3a8036
    b 684626
    B 50341c
    n 94683a
    N b2824e
    r ce2c24
    o f07818
    O fcc43c
    i dea070
    I f0c8a4
    X 54bace
    d 96ecf0
    D ecfcfc
    h 5c3820
    c ecbc94
    j 2c4ea8
    J 1e3678
    x 3c3844
    z 5c9484
    Z 5c3e68
    m c4743c
    M 965228
    a b0e048
    A d8f480
    q d68496
    """
}
