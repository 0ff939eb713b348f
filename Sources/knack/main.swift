print("knack")
